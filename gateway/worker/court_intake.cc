#include "gateway/worker/court_intake.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace heyan::worker {
namespace {

constexpr std::size_t kWordBytes = 64;
constexpr int kMostRemarks = 100'000;

bool is_word(std::string_view word) {
  return !word.empty() && word.size() <= kWordBytes && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

core::Result<void> take_remarks(const v1::Session& session, const v1::Submission& submission,
                                v1::Circumstances& circumstances) {
  if (!session.has_message()) return {};
  const std::unexpected<core::Error> malformed =
      core::fail(core::ErrorCode::kMalformed, "the remarks are not those of an adapter");
  if (!is_word(session.message().adapter()) || session.remarks_size() > kMostRemarks) {
    return malformed;
  }
  std::set<std::string_view> items{""};
  for (const v1::Item& item : submission.evidence()) items.insert(item.id());
  std::set<std::pair<std::string, std::string>> remarks;
  for (const v1::CourtRemark& remark : session.remarks()) {
    if (!is_word(remark.code()) || !items.contains(remark.item())) return malformed;
    remarks.emplace(remark.item(), remark.code());
  }
  v1::CourtIntake& intake = *circumstances.mutable_intake();
  intake.set_adapter(session.message().adapter());
  for (const auto& [item, code] : remarks) {
    v1::IntakeRemark& one = *intake.add_remarks();
    one.set_item(item);
    one.set_code(code);
  }
  return {};
}

}  // namespace heyan::worker
