// Signatures: one strict gate, then two libraries that must agree.
//
// Threat: signature bytes are hostile. The libraries differ on encodings, ranges and small-order
// points, so the gate decides those first: canonical DER or exact r||s, 0 < r,s < n, S < L, no
// small-order A or R. What passes the gate goes to both libraries; where they differ the signature
// is not counted and the caller says so (ENGINE_DISAGREEMENT). Sources: SEC 1 4.1.4, RFC 8017 8.1.2
// and 8.2.2, RFC 8032 5.1.7, GB/T 32918.2, security decision 21.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "verifier/core/bytes.h"
#include "verifier/core/limits.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/key.h"

namespace heyan::crypto {

enum class SignatureKind : std::uint8_t {
  kEcdsa,     // over hash(message)
  kEcdsaRaw,  // the message is the digest itself, 32 bytes
  kRsaPkcs1,  // RSASSA-PKCS1-v1_5
  kRsaPss,    // salt length = digest length, MGF1 with the same hash
  kEd25519,   // pure, over the message
  kSm2,       // e = hash(Z || message); hash is SM3 (GB/T 32918.2) or, for some chains, SHA-256
  kSm2Raw,    // the message is e itself, 32 bytes
};

enum class SignatureEncoding : std::uint8_t {
  kDer,  // SEQUENCE { r, s }, canonical
  kRs,   // r || s, each as long as the group order
};

struct Scheme {
  SignatureKind kind = SignatureKind::kEcdsa;
  Hash hash = Hash::kSha256;
  SignatureEncoding encoding = SignatureEncoding::kDer;
  bool low_s = false;                            // ECDSA: refuse s > n/2 (Fabric)
  std::string sm2_user_id = "1234567812345678";  // bytes of the user id; empty means ENTL 0
  auto operator<=>(const Scheme&) const = default;
};

enum class SignatureOutcome : std::uint8_t {
  kValid,
  kInvalid,          // the gate or both libraries refuse
  kEnginesDisagree,  // one library accepts and the other refuses
  kBudgetSpent,      // Limits::signatures reached; nothing was computed
};

// One library, behind the gate. `signature` has passed it and is given as r||s (or the bytes of RSA
// and Ed25519).
class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string_view name() const = 0;
  virtual std::unique_ptr<Hasher> hasher(Hash hash) const = 0;
  virtual bool verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
                      core::ByteView signature) const = 0;
};

// Two engines that share no code: first OpenSSL (Ed25519: libsodium), second Botan (Ed25519:
// OpenSSL). `second` null: a single implementation, for benchmarks only.
struct Engines {
  const Engine* first = nullptr;
  const Engine* second = nullptr;
};

// The production pair. The objects live as long as the program and hold no state.
Engines production_engines();

// Verifies for one judgement: counts against the budget, and computes each distinct (key, scheme,
// message, signature) once, so that items sharing a block pay once. One per judgement, or one for
// several judgements of one case, each begun by begin_anew(); not for use from two threads at once.
class SignatureChecker {
 public:
  SignatureChecker(Engines engines, const core::Limits& limits);
  ~SignatureChecker();
  SignatureChecker(const SignatureChecker&) = delete;
  SignatureChecker& operator=(const SignatureChecker&) = delete;

  // Another judgement: it answers, and counts against the budget, as a new checker would, but what
  // was computed before is not computed again.
  void begin_anew();

  SignatureOutcome verify(const PublicKey& key, const Scheme& scheme, core::ByteView message,
                          core::ByteView signature);
  // The same for a message given in pieces, hashed and compared as their concatenation.
  SignatureOutcome verify(const PublicKey& key, const Scheme& scheme,
                          std::span<const core::ByteView> message, core::ByteView signature);

  // The point (04 || X || Y) of the secp256k1 key to which a signature over `digest` leads
  // (recovery.h). Counts against the budget, and each distinct question is computed once, like a
  // verification. kInvalid where there is no such key; kBudgetSpent.
  std::expected<core::Bytes, SignatureOutcome> recover(core::ByteView digest, core::ByteView rs,
                                                       unsigned recovery_id);

  // One digest by both engines. Nothing where they disagree (and `disagreed()` is true from then
  // on).
  std::optional<core::Bytes> digest(Hash hash, std::span<const core::ByteView> pieces);
  std::optional<core::Bytes> digest(Hash hash, core::ByteView bytes);

  bool disagreed() const { return disagreed_; }
  std::size_t verifications() const { return verifications_; }
  const Engines& engines() const { return engines_; }

  // Certificates read in this judgement: see Certificate::from_pem_once.
  struct Certificates;
  Certificates& certificates() { return *certificates_; }

 private:
  using Question = std::array<std::uint8_t, 32>;  // SHA-256 of all that an answer depends on
  struct FirstBytes {
    std::size_t operator()(const Question& question) const {
      std::size_t value = 0;
      std::memcpy(&value, question.data(), sizeof value);
      return value;
    }
  };

  template <typename Value>
  struct Answer {
    Value value;
    std::size_t judgement;  // that last asked
  };
  template <typename Value>
  using Answers = std::unordered_map<Question, Answer<Value>, FirstBytes>;

  // Nothing where the budget is spent.
  template <typename Value, typename Compute>
  std::optional<Value> answer(Answers<Value>& known, const Question& question, Compute compute);

  Engines engines_;
  std::size_t budget_;
  std::size_t judgement_ = 0;
  std::size_t verifications_ = 0;
  bool disagreed_ = false;
  Answers<SignatureOutcome> verified_;
  Answers<std::optional<core::Bytes>> recovered_;
  std::unique_ptr<Certificates> certificates_;
};

}  // namespace heyan::crypto
