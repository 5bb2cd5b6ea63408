// The canaries: items of which everybody knows what must be said, judged all day by the judges that
// serve and looked at by the signer (security decision 12).
//
// The proofs are real and retained: the sample's, of each kind of ledger that it has, under the
// sample's own list, which no court's list can change. Of the case as it is some items are good and
// some are not; then a byte of each file is changed, and then one of each proof's signatures. Who
// judges reads the files (files.h), who signs the answers alone: neither is told by the other what
// is right. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "heyan/v1/gateway.pb.h"

namespace heyan::canary {

// When all of it was to be seen: after every block of the sample, and before anything in it ends.
inline constexpr std::int64_t kJudgedAtMs = 1'796'083'200'000;  // 2026-12-01T00:00:00Z

// Another byte at `offset` of the file than stands there: '0', or '1' in place of '0', so that text
// in base64 or hexadecimal stays that.
struct Change {
  std::string_view path;  // as case.json names it
  std::size_t offset = 0;
};

struct Answer {
  std::string_view item;
  v1::Verdict verdict;
};

struct Canary {
  std::string_view id;
  std::span<const Change> changes;
  std::span<const Answer> answers;  // one for each item of the case, in its order
};

std::span<const Canary> canaries();

// The byte that the change puts there.
constexpr char changed(char byte) { return byte == '0' ? '1' : '0'; }

// What is wrong with a judge's answers, for the log: the first item whose verdict is another one,
// or what is missing or more than was asked. Nothing where all are right.
std::optional<std::string> first_wrong(const v1::CanaryRound& round);

}  // namespace heyan::canary
