// Real witnesses of a gateway's log: killed as it is, and looked at as anybody may.
//
// Each shows a checkpoint that it cosigned: that must be one of the log as the outside copy has it,
// never smaller than one that it was seen to have cosigned. So no two histories are cosigned, and
// no witness forgets. Source: C2SP tlog-witness, tlog-cosignature.
#pragma once

#include <sys/types.h>

#include <vector>

#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"

namespace heyan::faults {

class Witnesses {
 public:
  // Makes `count` witnesses of the gateway's log and names them in its configuration, which is
  // before its first start; runs them.
  Witnesses(const std::filesystem::path& programs, const Gateway& gateway, int count);
  ~Witnesses();
  Witnesses(const Witnesses&) = delete;
  Witnesses& operator=(const Witnesses&) = delete;

  // SIGKILL, and started anew as systemd would.
  void kill(std::size_t which);
  std::size_t count() const { return witnesses_.size(); }

  // Looks at what is published and at each witness that answers. What is wrong, in words; empty:
  // nothing.
  std::string follow(const LogCopy& log);
  // Until all have cosigned the whole log. Likewise.
  std::string settle(LogCopy& log);
  // How many checkpoints were seen that witnesses had cosigned, and how far each came.
  std::string summary() const;

 private:
  struct Witness {
    std::string folder;
    std::string url;
    transparency::NoteVerifier key;
    pid_t pid = 0;
    int starts = 0;
    std::uint64_t cosigned = 0;  // the largest size that was seen
  };
  void start(Witness& witness);
  std::string log_of(const Witness& witness, int start) const;
  std::string read_published();
  std::string look_at(Witness& witness);
  std::string compare(const LogCopy& log);
  std::string complaints() const;

  functional::TemporaryFolder folder_;
  std::filesystem::path programs_;
  std::string published_;
  transparency::NoteVerifier log_key_;
  std::vector<Witness> witnesses_;
  std::vector<transparency::Checkpoint> ahead_;  // cosigned, and not yet in the outside copy
  std::map<std::uint64_t, transparency::TreeHash> cosigned_;
  std::size_t lines_ = 0;  // of witnesses, below the checkpoint that is published
};

}  // namespace heyan::faults
