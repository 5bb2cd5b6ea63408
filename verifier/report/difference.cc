#include "verifier/report/difference.h"

#include <algorithm>
#include <map>
#include <set>

#include "verifier/core/text.h"
#include "verifier/report/payload.h"

namespace heyan::report {
namespace {

using core::json::Value;

constexpr std::size_t kShownCharacters = 200;

std::string text_at(const Value& value, std::string_view pointer) {
  const Value* found = value.at(pointer);
  if (found == nullptr) return {};
  if (const std::string* text = found->as_string()) return core::visible(*text, kShownCharacters);
  if (const std::int64_t* number = found->as_integer()) return std::to_string(*number);
  return {};
}

const Value::Array& array_at(const Value& value, std::string_view pointer) {
  static const Value::Array kNone;
  const Value* found = value.at(pointer);
  const Value::Array* array = found != nullptr ? found->as_array() : nullptr;
  return array != nullptr ? *array : kNone;
}

std::string identity_at(const Value& payload, const std::string& pointer) {
  return text_at(payload, pointer + "/id") + " " + text_at(payload, pointer + "/version") + " " +
         text_at(payload, pointer + "/digest");
}

Basis basis_of(const Value& payload) {
  return {.number = text_at(payload, "/reportNumber"),
          .as_of = text_at(payload, "/asOf"),
          .trust_list = identity_at(payload, "/trustList"),
          .policy = identity_at(payload, "/policy"),
          .software = text_at(payload, "/bindings/software"),
          .case_record = text_at(payload, "/bindings/caseRecord")};
}

// One item, as far as it is compared.
struct ItemSaid {
  std::string verdict;
  std::set<ReasonName> reasons;
  std::vector<std::pair<std::string, std::string>> checks;  // in the order of the report
  std::string file;                                         // canonical
};

ItemSaid said_of(const Value& item) {
  ItemSaid said;
  said.verdict = text_at(item, "/verdict");
  for (const Value& reason : array_at(item, "/reasons")) {
    said.reasons.insert({.code = text_at(reason, "/code"),
                         .effect = text_at(reason, "/effect"),
                         .ledger = text_at(reason, "/subject/ledger")});
  }
  for (const Value& check : array_at(item, "/checks")) {
    said.checks.emplace_back(text_at(check, "/check"), text_at(check, "/outcome"));
  }
  said.file = text_at(item, "/file/size");
  const Value* digests = item.at("/file/digests");
  if (digests != nullptr && digests->as_object() != nullptr) {
    for (const auto& [name, value] : *digests->as_object()) {
      said.file += " " + name + " " + (value.as_string() != nullptr ? *value.as_string() : "");
    }
  }
  return said;
}

using Items = std::vector<std::pair<std::string, ItemSaid>>;

core::Result<Items> items_of(const Value& payload) {
  if (text_at(payload, "/schema") != kReportSchema) {
    return core::fail(core::ErrorCode::kMalformed, "this is no payload of a report");
  }
  Items items;
  std::set<std::string> ids;
  for (const Value& item : array_at(payload, "/evidence")) {
    std::string id = text_at(item, "/id");
    if (id.empty() || !ids.insert(id).second) {
      return core::fail(core::ErrorCode::kMalformed, "the report names its items otherwise");
    }
    items.emplace_back(std::move(id), said_of(item));
  }
  return items;
}

std::vector<CheckChange> changed_checks(const ItemSaid& before, const ItemSaid& now) {
  std::map<std::string, std::string> left(now.checks.begin(), now.checks.end());
  std::vector<CheckChange> changes;
  for (const auto& [check, outcome] : before.checks) {
    const auto found = left.find(check);
    const std::string other = found == left.end() ? std::string() : found->second;
    if (found != left.end()) left.erase(found);
    if (other != outcome) changes.push_back({.check = check, .before = outcome, .now = other});
  }
  for (const auto& [check, outcome] : left) {
    changes.push_back({.check = check, .before = {}, .now = outcome});
  }
  return changes;
}

ItemDifference compare_items(const std::string& id, const ItemSaid& before, const ItemSaid& now) {
  ItemDifference difference{.id = id,
                            .before = before.verdict,
                            .now = now.verdict,
                            .gone = {},
                            .came = {},
                            .checks = changed_checks(before, now),
                            .file_differs = before.file != now.file};
  std::ranges::set_difference(before.reasons, now.reasons, std::back_inserter(difference.gone));
  std::ranges::set_difference(now.reasons, before.reasons, std::back_inserter(difference.came));
  return difference;
}

bool says_anything(const ItemDifference& item) {
  return item.before != item.now || !item.gone.empty() || !item.came.empty() ||
         !item.checks.empty() || item.file_differs;
}

Value basis_value(const Basis& basis) {
  Value value(Value::Object{});
  value.set("reportNumber", basis.number);
  value.set("asOf", basis.as_of);
  value.set("trustList", basis.trust_list);
  value.set("policy", basis.policy);
  value.set("software", basis.software);
  value.set("caseRecord", basis.case_record);
  return value;
}

Value reasons_value(const std::vector<ReasonName>& reasons) {
  Value list(Value::Array{});
  for (const ReasonName& reason : reasons) {
    Value value(Value::Object{});
    value.set("code", reason.code);
    value.set("effect", reason.effect);
    if (!reason.ledger.empty()) value.set("ledger", reason.ledger);
    list.push(std::move(value));
  }
  return list;
}

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value item_value(const ItemDifference& item) {
  Value value(Value::Object{});
  value.set("id", item.id);
  value.set("before", text_or_null(item.before));
  value.set("now", text_or_null(item.now));
  value.set("gone", reasons_value(item.gone));
  value.set("came", reasons_value(item.came));
  Value checks(Value::Array{});
  for (const CheckChange& change : item.checks) {
    Value check(Value::Object{});
    check.set("check", change.check);
    check.set("before", text_or_null(change.before));
    check.set("now", text_or_null(change.now));
    checks.push(std::move(check));
  }
  value.set("checks", std::move(checks));
  value.set("fileDiffers", item.file_differs);
  return value;
}

}  // namespace

bool Difference::verdicts_differ() const {
  return std::ranges::any_of(items,
                             [](const ItemDifference& item) { return item.before != item.now; });
}

core::Result<Difference> compare_payloads(const Value& before, const Value& now) {
  HEYAN_TRY(const Items old_items, items_of(before));
  HEYAN_TRY(const Items new_items, items_of(now));
  Difference difference{.before = basis_of(before), .now = basis_of(now), .items = {}};
  std::map<std::string, const ItemSaid*> left;
  for (const auto& [id, said] : new_items) left.emplace(id, &said);
  const ItemSaid none;
  for (const auto& [id, said] : old_items) {
    const auto found = left.find(id);
    ItemDifference item = compare_items(id, said, found == left.end() ? none : *found->second);
    if (found != left.end()) left.erase(found);
    if (says_anything(item)) difference.items.push_back(std::move(item));
  }
  for (const auto& [id, said] : new_items) {
    if (left.contains(id)) difference.items.push_back(compare_items(id, none, said));
  }
  return difference;
}

Value difference_value(const Difference& difference) {
  Value value(Value::Object{});
  value.set("schema", "heyan.difference.v1");
  value.set("before", basis_value(difference.before));
  value.set("now", basis_value(difference.now));
  Value items(Value::Array{});
  for (const ItemDifference& item : difference.items) items.push(item_value(item));
  value.set("evidence", std::move(items));
  return value;
}

}  // namespace heyan::report
