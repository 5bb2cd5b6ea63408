// Whom a verifier believes about a log: a policy file.
//
//   log VKEY [URL]
//   witness NAME VKEY [URL]
//   group NAME all|any|K MEMBER...       MEMBER: a witness or group named on a line above
//   quorum NAME|none                     exactly once
//
// Items are parted by spaces and tabs; a line whose first item begins with "#" is a comment. A name
// is a member at most once in the whole file, so that nobody counts twice, and a public key stands
// for one log or one witness, whatever its name and id. Sigsum writes the bare key in hexadecimal
// where C2SP writes a vkey (note_key.h).
//
// Threat: the file is the court's own, and mistakes in it must not pass: everything unclear is an
// error with its line. Sources: C2SP tlog-policy; Sigsum doc/policy.md. Values; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/crypto/key.h"
#include "verifier/transparency/note_key.h"

namespace heyan::transparency {

inline constexpr std::size_t kPolicyBytes = 256u << 10;
inline constexpr std::size_t kPolicyLogs = 64;
inline constexpr std::size_t kPolicyNames = 256;  // witnesses and groups together

enum class PolicyForm : std::uint8_t {
  kC2sp,    // vkeys: logs of type 01, witnesses of type 04
  kSigsum,  // 64 hexadecimal digits
};

struct PolicyLog {
  std::string name;  // of the vkey; empty in a Sigsum policy
  crypto::PublicKey key;
};

struct PolicyWitness {
  std::string name;      // in the policy file
  std::string key_name;  // of the vkey; in a Sigsum policy, the same
  crypto::PublicKey key;
};

// How many of the quorum's members hold; of a quorum that is one witness, or none, there is one
// member, or none.
struct PolicyCount {
  std::uint32_t required = 0;
  std::uint32_t valid = 0;
  bool reached() const { return valid >= required; }
};

class LogPolicy {
 public:
  struct Fault {
    std::uint32_t line = 0;  // 0: the file as a whole
    std::string what;
    bool unsupported = false;  // a signature type that we do not verify: nothing is wrong with it
  };
  // `bytes` as they are in the file.
  static std::expected<LogPolicy, Fault> parse(std::string_view bytes, PolicyForm form);

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  // `cosigned`: for each witness, in the order of witnesses().
  PolicyCount count(const std::vector<bool>& cosigned) const;

 private:
  friend class PolicyReader;
  // A witness or a group; members are earlier ones.
  struct Member {
    std::string name;
    std::optional<std::size_t> witness;
    std::size_t threshold = 0;
    std::vector<std::size_t> of;
    bool taken = false;  // is a member already
  };

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Member> members_;
  std::optional<std::size_t> quorum_;  // nothing: "none"
};

}  // namespace heyan::transparency
