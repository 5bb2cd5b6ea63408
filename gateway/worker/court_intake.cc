#include "gateway/worker/court_intake.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace heyan::worker {
namespace {

constexpr std::size_t kWordBytes = 64;
constexpr std::size_t kMostRemarks = 20'000;

bool is_word(std::string_view word) {
  return !word.empty() && word.size() <= kWordBytes && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

void take_remarks(const v1::Session& session, const v1::Submission& submission,
                  v1::Circumstances& circumstances) {
  if (!session.has_message() || !is_word(session.message().adapter())) return;
  std::set<std::string_view> items{""};
  for (const v1::Item& item : submission.evidence()) items.insert(item.id());
  std::set<std::pair<std::string, std::string>> remarks;
  for (const v1::CourtRemark& remark : session.remarks()) {
    if (remarks.size() == kMostRemarks) break;
    if (is_word(remark.code()) && items.contains(remark.item())) {
      remarks.emplace(remark.item(), remark.code());
    }
  }
  v1::CourtIntake& intake = *circumstances.mutable_intake();
  intake.set_adapter(session.message().adapter());
  for (const auto& [item, code] : remarks) {
    v1::IntakeRemark& one = *intake.add_remarks();
    one.set_item(item);
    one.set_code(code);
  }
}

}  // namespace heyan::worker
