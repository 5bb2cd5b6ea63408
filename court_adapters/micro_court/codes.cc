#include "court_adapters/micro_court/codes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heyan::court_adapters::micro_court {
namespace {

constexpr auto kCaseTypes = std::to_array<std::pair<std::string_view, CaseGroup>>({
    {"1501_000001-0301", CaseGroup::kCivil},      // first instance
    {"1501_000001-0302", CaseGroup::kCivil},      // second instance
    {"1501_000001-1000", CaseGroup::kExecution},  // the group
    {"1501_000001-1002", CaseGroup::kExecution},
    {"1501_000001-0201", CaseGroup::kOther},  // private prosecution
    {"1501_000001-0401", CaseGroup::kOther},  // administrative
    {"1501_000001-0402", CaseGroup::kOther},
    {"1501_000001-0510", CaseGroup::kOther},  // state compensation
});

constexpr auto kCivilRoles = std::to_array<std::pair<std::string_view, v1::Role>>({
    {"1501_030109-1", v1::ROLE_PLAINTIFF},
    {"1501_030109-2", v1::ROLE_DEFENDANT},
    {"1501_030109-3", v1::ROLE_THIRD_PARTY},
});
constexpr auto kExecutionRoles = std::to_array<std::pair<std::string_view, v1::Role>>({
    {"1501_100225-1", v1::ROLE_APPLICANT},
    {"1501_100225-2", v1::ROLE_RESPONDENT},
});

constexpr auto kStatuses = std::to_array<Status>({
    {"11800007-1", "PENDING", "待审核"},
    {"11800007-2", "APPROVED", "审核通过"},
    {"11800007-3", "REFUSED", "审核不通过"},
    {"11800007-4", "REGISTERED", "已立案"},
    {"11800007-5", "REFUSED", "不予立案"},
    {"11800007-6", "NEEDS_SUPPLEMENT", "待补充材料"},
    {"11800007-31", "NEEDS_SUPPLEMENT", "待补正"},
    {"11800007-100", "DRAFT", "待提交"},
    {"11800007-101", "EXPIRED", "申请失效"},
    {"11800007-255", "WITHDRAWING", "撤回中"},
    {"11800007-500", "FAILED", "提交失败"},
});

template <typename Table, typename Missing>
auto looked_up(const Table& table, std::string_view code, Missing missing) {
  const auto found = std::ranges::find(table, code, &Table::value_type::first);
  return found != table.end() ? found->second : missing;
}

}  // namespace

CaseGroup case_group(std::string_view code) {
  return looked_up(kCaseTypes, code, CaseGroup::kUnknown);
}

v1::Role role_of(std::string_view code, CaseGroup group) {
  return group == CaseGroup::kExecution ? looked_up(kExecutionRoles, code, v1::ROLE_UNSPECIFIED)
                                        : looked_up(kCivilRoles, code, v1::ROLE_UNSPECIFIED);
}

bool is_any_role(std::string_view code) {
  return role_of(code, CaseGroup::kCivil) != v1::ROLE_UNSPECIFIED ||
         role_of(code, CaseGroup::kExecution) != v1::ROLE_UNSPECIFIED;
}

const Status* status_of(std::string_view code) {
  const auto* found = std::ranges::find(kStatuses, code, &Status::code);
  return found != kStatuses.end() ? found : nullptr;
}

bool is_of(std::string_view code, std::string_view dictionary) {
  if (!code.starts_with(dictionary)) return false;
  const std::string_view number = code.substr(dictionary.size());
  return !number.empty() && number.size() <= 6 &&
         number.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace heyan::court_adapters::micro_court
