// This machine's clock, held against those of the witnesses: a cosignature states when it was made.
//
// The root of a checkpoint cannot be known before its last leaf is there: it stands for bytes that
// were drawn. So a cosignature over it was made after the signer signed that size, by the clock
// that nobody can set, and before it came here; where this clock says that neither moment is within
// ten minutes of the time that it states, the clocks differ, however long the way was. That they
// agree is believed of a root of the last two minutes. While they differ nothing is logged and no
// root is new: then of a later cosignature by the same witness. One that repeats an earlier one
// says nothing.
//
// Of several witnesses most decide, of those that were heard of in the last two hours; in the first
// two minutes those that were not count as if they agreed, so that a wrong one is not alone for
// having been asked first. What was found stays until another is heard.
//
// Threat: as of outside_clock.h. Who carries cosignatures can keep them back, and forge none.
// Source: security decision 11. One thread, the signer's.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "gateway/signer/clock.h"

namespace heyan::signer {

// The heads of the audit trails give a new root each hour (serve.h).
inline constexpr std::chrono::hours kHeardLately{2};

class WitnessClocks {
 public:
  WitnessClocks(std::size_t witnesses, Clock::Steady started);

  // This signer signs the checkpoint of that size.
  void signs(std::uint64_t size, Clock::Steady now);

  // A signature of that witness holds over the checkpoint of that size, and states `time`. False:
  // its clock and ours are apart by more than ten minutes, or were and it has not said since that
  // they are not.
  bool compare(std::size_t witness, std::uint64_t size, core::UtcTime time, const Clock::Look& now);

  // kChanged: most of the witnesses' clocks differ from ours.
  core::Result<void> check() const;

 private:
  struct Signed {
    std::uint64_t size;
    Clock::Steady at;
  };
  struct Heard {
    std::uint64_t size;
    core::UtcTime time;
    Clock::Steady at;
    bool agrees;
  };
  // Nobody knew the root of that size before. Nothing: it is from before this start.
  std::optional<Clock::Steady> unknown_until(std::uint64_t size) const;
  bool most_agree(Clock::Steady now) const;

  Clock::Steady others_until_;
  std::deque<Signed> signed_;  // the last one, and those of the last minutes
  std::vector<std::optional<Heard>> heard_;
  bool agrees_ = true;
};

}  // namespace heyan::signer
