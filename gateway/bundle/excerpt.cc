#include "gateway/bundle/excerpt.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "gateway/bundle/withheld.h"
#include "gateway/intake/judge_again.h"
#include "verifier/canonical.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/report/payload.h"

namespace heyan::bundle {
namespace {

using core::json::Value;

std::string text_of(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  const std::string* text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string() : *text;
}

const Value::Array& list_in(const Value& value, std::string_view name) {
  static const Value::Array kNone;
  const Value* found = value.find(name);
  const Value::Array* list = found == nullptr ? nullptr : found->as_array();
  return list == nullptr ? kNone : *list;
}

// Members in any order. The payload may be anybody's, so it is not written canonically, which not
// every value has a form for.
bool same(const Value& one, const Value& other, std::string_view but = {}) {
  if (const auto* list = one.as_array()) {
    const auto* others = other.as_array();
    return others != nullptr &&
           std::ranges::equal(*list, *others,
                              [](const auto& a, const auto& b) { return same(a, b); });
  }
  if (const auto* object = one.as_object()) {
    if (other.as_object() == nullptr || object->size() != other.as_object()->size()) return false;
    return std::ranges::all_of(*object, [&](const core::json::Member& member) {
      const Value* found = other.find(member.first);
      return found != nullptr && (member.first == but || same(member.second, *found));
    });
  }
  if (const auto* text = one.as_string()) {
    return other.as_string() != nullptr && *text == *other.as_string();
  }
  if (const auto* integer = one.as_integer()) {
    return other.as_integer() != nullptr && *integer == *other.as_integer();
  }
  if (const auto* truth = one.as_bool()) {
    return other.as_bool() != nullptr && *truth == *other.as_bool();
  }
  return one.is_null() && other.is_null();
}

bool same(const Value* one, const Value* other) {
  return one != nullptr && other != nullptr && same(*one, *other);
}

// An excerpt has digests of its own: those of what was handed in are asked for only where nothing
// else says which transaction it was.
bool is_bound(const Value& attestation, const Value& again) {
  constexpr std::string_view kProofs = "proofs";
  if (!same(attestation, again, kProofs)) return false;
  const Value* record = attestation.find("record");
  if (record != nullptr && !record->is_null()) return true;
  return same(attestation.find(kProofs), again.find(kProofs));
}

using GroupName = std::pair<std::string, std::string>;

GroupName group_of(const Value& attestation) {
  return {text_of(attestation, "ledger"), text_of(attestation, "format")};
}

std::string place_of(std::size_t item, std::size_t attestation) {
  return "/evidence/" + std::to_string(item) + "/attestations/" + std::to_string(attestation);
}

bool is_beneath(std::span<const std::string> pointers, const std::string& place) {
  return std::ranges::any_of(
      pointers, [&](const std::string& pointer) { return pointer.starts_with(place + "/"); });
}

Again why_not_here(const Value& attestation, bool is_withheld) {
  const ledgers::Ledger* ledger = ledgers::by_format(text_of(attestation, "format"));
  if (ledger != nullptr && !ledger->has_excerpts()) return Again::kWholeBlock;
  return is_withheld ? Again::kWithheld : Again::kNotHeld;
}

// Attestations of one ledger come in one order, and all of them or none.
std::vector<Again> compare_item(const Value& item, const Value& again,
                                std::span<const std::string> withheld, std::size_t index_of_item) {
  std::map<GroupName, std::vector<const Value*>> judged;
  for (const Value& one : list_in(again, "attestations")) judged[group_of(one)].push_back(&one);
  std::map<GroupName, std::size_t> next;
  std::vector<Again> result;
  for (const Value& attestation : list_in(item, "attestations")) {
    const GroupName group = group_of(attestation);
    const std::string at = place_of(index_of_item, result.size());
    const auto found = judged.find(group);
    if (found == judged.end()) {
      result.push_back(why_not_here(attestation, is_beneath(withheld, at)));
      continue;
    }
    const std::size_t index = next[group]++;
    const bool equal = index < found->second.size() && is_bound(attestation, *found->second[index]);
    result.push_back(equal ? Again::kSame : Again::kDiffers);
  }
  // One that the payload does not have speaks against the last one that it has.
  for (const auto& [group, attestations] : judged) {
    if (next[group] != attestations.size()) result.push_back(Again::kDiffers);
  }
  return result;
}

core::Result<void> check_subject(const Value& payload, const Value& again) {
  constexpr std::array<std::string_view, 6> kOfCase = {
      "reportNumber", "asOf", "submissionIsDeclared", "parties", "trustList", "policy"};
  constexpr std::array<std::string_view, 3> kOfItem = {"id", "party", "file"};
  const auto& items = list_in(payload, "evidence");
  const auto& others = list_in(again, "evidence");
  bool fits =
      items.size() == others.size() && std::ranges::all_of(kOfCase, [&](std::string_view name) {
        return same(payload.find(name), again.find(name));
      });
  constexpr std::string_view kSoftware = "/bindings/software";
  fits = fits && same(payload.at(kSoftware), again.at(kSoftware));
  for (std::size_t i = 0; fits && i < items.size(); ++i) {
    fits = std::ranges::all_of(kOfItem, [&](std::string_view name) {
      return same(items[i].find(name), others[i].find(name));
    });
  }
  if (fits) return {};
  return core::fail(core::ErrorCode::kMalformed,
                    "it is not of the parties and files of the report");
}

// An item's proofs on one ledger.
using Places = std::set<std::pair<std::size_t, GroupName>>;

// Where a personal field is withheld, or what the party named would show one.
Places unsayable(const Value& payload, const v1::Submission& submission, const Withheld& withheld) {
  Places places;
  for (int i = 0; i < submission.evidence_size(); ++i) {
    const v1::Item& item = submission.evidence(i);
    std::string named = item.record().id();
    for (const v1::Proof& proof : item.proofs()) {
      for (const v1::Hint& hint : proof.hints()) named += "\n" + hint.name() + "\n" + hint.value();
    }
    const bool shows = withheld.shown_by(named);
    const auto index = static_cast<std::size_t>(i);
    const auto& attestations = list_in(list_in(payload, "evidence")[index], "attestations");
    for (std::size_t j = 0; j < attestations.size(); ++j) {
      if (shows || withheld.beneath(place_of(index, j))) {
        places.emplace(index, group_of(attestations[j]));
      }
    }
  }
  return places;
}

// What came out otherwise, and of an item with more attestations than it has, everything; is there
// one more?
bool leave_out_differing(const Value& payload, const std::vector<ItemAgain>& again,
                         Places& left_out) {
  const std::size_t before = left_out.size();
  for (std::size_t i = 0; i < again.size(); ++i) {
    const auto& attestations = list_in(list_in(payload, "evidence")[i], "attestations");
    const auto& results = again[i].attestations;
    for (std::size_t j = 0; j < attestations.size(); ++j) {
      if (results[j] == Again::kDiffers || results.size() > attestations.size()) {
        left_out.emplace(i, group_of(attestations[j]));
      }
    }
  }
  return left_out.size() != before;
}

}  // namespace

core::Result<std::vector<ItemAgain>> judge_excerpt(const Value& payload,
                                                   std::span<const std::string> withheld,
                                                   const v1::RecordFile& excerpt) {
  HEYAN_TRY(const v1::RecordFile own,
            intake::excerpt_of(excerpt, [](const auto&, auto) { return true; }));
  if (canonical_bytes(own) != canonical_bytes(excerpt)) {
    return core::fail(core::ErrorCode::kNotCanonical, "it holds more than an excerpt does");
  }
  HEYAN_TRY(const Judged judged, intake::judge_again(excerpt));
  const Value again = report::payload_value(judged.report);
  HEYAN_CHECK_OK(check_subject(payload, again));
  std::vector<ItemAgain> items;
  for (const Value& item : list_in(payload, "evidence")) {
    const std::size_t index = items.size();
    items.push_back(
        {.id = text_of(item, "id"),
         .attestations = compare_item(item, list_in(again, "evidence")[index], withheld, index)});
  }
  return items;
}

core::Result<v1::RecordFile> excerpt_for(const v1::RecordFile& file, const Judged& judged,
                                         std::span<const Disclosure> shown) {
  const Withheld withheld(judged.disclosures, shown);
  const Value payload = report::payload_value(judged.report);
  Places left_out = unsayable(payload, file.record().submission(), withheld);
  const MayHold may_hold = [&](const ProofGroup& group, std::string_view proof) {
    return !left_out.contains(
               {group.item, {std::string(group.ledger), std::string(group.format)}}) &&
           !withheld.shown_by(proof);
  };
  while (true) {
    HEYAN_TRY(v1::RecordFile excerpt, intake::excerpt_of(file, may_hold));
    HEYAN_TRY(const auto again, judge_excerpt(payload, {}, excerpt));
    if (!leave_out_differing(payload, again, left_out)) return excerpt;
  }
}

}  // namespace heyan::bundle
