// Who a member of the chain is: certificate or key, organisation, role, and whose institution.
//
// Threat: members come with the proof. With certificates, the subject's O must be the organisation
// that is claimed, its chain must end in that organisation's own roots at the time of the block,
// and OU is the role; in public-key mode a key is what the trust list says it is. Source:
// chainmaker accesscontrol (cert, public). One judgement's memory; one thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "verifier/crypto/certificate.h"
#include "verifier/ledgers/chainmaker/trust_config.h"
#include "verifier/ledgers/chainmaker/verifier.h"

namespace heyan::ledgers::chainmaker {

enum class SignerFault : std::uint8_t {
  kNone,
  kUnreadable,           // no certificate or key
  kUnsupported,          // DID, alias, address
  kUnknownCertificate,   // named by a hash that nobody resolves
  kUnknownOrganisation,  // not on the trust list
  kOtherOrganisation,    // the certificate says another one than the member
  kNotIssued,            // no chain to that organisation's roots
  kNotYetValid,
  kExpired,
  kFrozen,
  kUnknownKey,  // public-key mode: nobody on the trust list has it
};

struct Signer {
  SignerFault fault = SignerFault::kUnreadable;
  std::string org_id;       // as claimed
  std::string role;         // OU in upper case; empty in public-key mode
  std::string institution;  // of the trust list; empty where none is known
  std::optional<crypto::Certificate> certificate;
  std::optional<crypto::PublicKey> key;
  crypto::Hash hash = crypto::Hash::kSm3;  // that this signer signs with
  std::vector<crypto::Certificate> path;   // leaf first; empty without roots
  bool revoked = false;                    // by a list of the institution's CA, as of the judgement
  bool revocation_unavailable = false;     // that CA has lists, and none is fresh

  bool is_trusted() const { return fault == SignerFault::kNone; }
  std::string key_sha256() const;  // of the certificate, else of the key
};

inline constexpr std::string_view kConsensusRole = "CONSENSUS";

// Members seen in a judgement; every block and item uses it (core::Memo).
struct KnownSigners {
  // Config, whether disagreeing signatures count, the member as it stands -> its last answer.
  using Question = std::tuple<const ChainmakerConfig*, bool, Bytes>;
  struct Answer {
    Signer signer;
    core::UtcTime at;
  };
  static constexpr std::size_t kMost = 100'000;
  std::map<Question, Answer> answers;
};

class Signers {
 public:
  // All arguments must outlive it. `as_of`: when revocation lists must still be fresh.
  Signers(const ChainmakerConfig& config, Verifier& verifier, core::UtcTime as_of,
          KnownSigners& known)
      : config_(config), verifier_(verifier), as_of_(as_of), known_(known) {}

  // As of a block. `state`: of the same transaction, where a certificate may be found by its hash.
  Signer resolve(const Member& member, core::UtcTime at, std::uint64_t height,
                 const RwSet* state = nullptr);

  crypto::SignatureOutcome verify(const Signer& signer, ByteView message, ByteView signature);

  const ChainmakerConfig& config() const { return config_; }
  Verifier& verifier() { return verifier_; }

 private:
  Signer identify(const Member& member, core::UtcTime at, const RwSet* state);
  void find_certificate(const Member& member, const RwSet* state, Signer& signer);
  void judge_certificate(core::UtcTime at, Signer& signer);
  void find_key(const Member& member, Signer& signer);
  void ask_revocation(const Organisation& organisation, Signer& signer);
  bool is_frozen(const Signer& signer, std::uint64_t height);
  bool is_in_period(const Signer& signer, core::UtcTime at) const;

  const ChainmakerConfig& config_;
  Verifier& verifier_;
  core::UtcTime as_of_;
  KnownSigners& known_;
};

}  // namespace heyan::ledgers::chainmaker
