#include "verifier/report/copy.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "verifier/elsewhere.h"

namespace heyan::report {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;

std::string text_at(const Value& value, std::string_view pointer) {
  const Value* found = value.at(pointer);
  const std::string* text = found == nullptr ? nullptr : found->as_string();
  return text == nullptr ? std::string() : *text;
}

std::span<const Value> array_at(const Value& value, std::string_view pointer) {
  const Value* found = value.at(pointer);
  const Value::Array* array = found == nullptr ? nullptr : found->as_array();
  return array == nullptr ? std::span<const Value>() : std::span<const Value>(*array);
}

// "/parties/12/name" beneath "/parties": 12.
std::optional<std::size_t> index_beneath(std::string_view pointer, std::string_view list) {
  if (!pointer.starts_with(list) || pointer.size() <= list.size() + 1 ||
      pointer[list.size()] != '/') {
    return std::nullopt;
  }
  const std::string_view rest = pointer.substr(list.size() + 1);
  const std::string_view digits = rest.substr(0, rest.find('/'));
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return index;
}

// Who is who in a report: parties, and on which side they stand.
class Parties {
 public:
  explicit Parties(const Value& payload)
      : submitter_role_(text_at(payload, "/submitter/role")),
        items_(array_at(payload, "/evidence")) {
    for (const Value& party : array_at(payload, "/parties")) {
      parties_.push_back({.id = text_at(party, "/id"), .role = text_at(party, "/role")});
    }
  }

  // The id, where it is of exactly one party; else empty.
  std::string only(const std::string& id) const {
    return std::ranges::count(parties_, id, &Party::id) == 1 ? id : std::string();
  }
  std::string submitting() const { return alone_in(submitter_role_); }
  std::string opposing() const { return alone_in(opposite_of(submitter_role_)); }

  std::string owner_of(std::string_view pointer) const {
    if (is_search(pointer)) return {};  // it names cases of others
    if (pointer.starts_with("/submitter/")) return submitting();
    if (const auto party = index_beneath(pointer, "/parties")) {
      return *party < parties_.size() ? only(parties_[*party].id) : std::string();
    }
    if (const auto item = index_beneath(pointer, "/evidence"); item && *item < items_.size()) {
      const std::string party = text_at(items_[*item], "/party");
      return party.empty() ? submitting() : only(party);
    }
    return {};
  }

 private:
  struct Party {
    std::string id;
    std::string role;
  };

  // Whoever is not the other side is not its opponent: an agent, a third party.
  static std::string_view opposite_of(std::string_view role) {
    if (role == "PLAINTIFF") return "DEFENDANT";
    if (role == "DEFENDANT") return "PLAINTIFF";
    if (role == "APPLICANT") return "RESPONDENT";
    if (role == "RESPONDENT") return "APPLICANT";
    return {};
  }

  // The party of that role, where it is the only one.
  std::string alone_in(std::string_view role) const {
    if (role.empty() || std::ranges::count(parties_, role, &Party::role) != 1) return {};
    return only(std::ranges::find(parties_, role, &Party::role)->id);
  }

  std::string submitter_role_;
  std::span<const Value> items_;
  std::vector<Party> parties_;
};

bool is_text(const Value& value) {
  if (const auto* array = value.as_array()) return std::ranges::all_of(*array, is_text);
  if (const auto* object = value.as_object()) {
    return std::ranges::all_of(*object, [](const auto& member) { return is_text(member.second); });
  }
  return value.as_string() != nullptr;
}

std::optional<Value> payload_in(const Value& envelope, const core::Limits& limits) {
  const auto bytes = core::from_base64url(text_at(envelope, "/payload"));
  if (!bytes) return std::nullopt;
  auto payload = core::json::parse(*bytes, limits);
  if (!payload) return std::nullopt;
  return *std::move(payload);
}

// Empty: the court, which sees everything. Otherwise a party's id.
core::Result<std::string> party_of(std::string_view reader, const Parties& parties) {
  if (reader == kCourt) return std::string();
  std::string party = reader == kParty      ? parties.submitting()
                      : reader == kOpponent ? parties.opposing()
                                            : parties.only(std::string(reader));
  if (!party.empty()) return party;
  return fail(ErrorCode::kNotFound,
              "the report has no such party, or several stand on that side: name one by its id");
}

}  // namespace

std::string_view name(DisclosureFault fault) {
  switch (fault) {
    case DisclosureFault::kNone:
      return "none";
    case DisclosureFault::kForm:
      return "form";
    case DisclosureFault::kOrder:
      return "order";
    case DisclosureFault::kUnknown:
      return "unknown";
    case DisclosureFault::kDiffers:
      return "differs";
  }
  return {};
}

std::optional<Value> read_members(core::ByteView envelope, const core::Limits& limits) {
  auto parsed = core::json::parse(envelope, limits);
  if (!parsed || parsed->as_object() == nullptr || !is_text(*parsed)) return std::nullopt;
  return *std::move(parsed);
}

std::vector<PersonalField> personal_fields(const Value& payload) {
  const Parties parties(payload);
  std::vector<PersonalField> fields;
  for (const Value& commitment : array_at(payload, "/commitments")) {
    PersonalField field{.pointer = text_at(commitment, "/pointer"), .commitment = {}, .owner = {}};
    const auto digest = core::from_hex(text_at(commitment, "/sha256"));
    if (field.pointer.empty() || !digest) return {};
    field.commitment = *digest;
    field.owner = parties.owner_of(field.pointer);
    fields.push_back(std::move(field));
  }
  return fields;
}

Disclosed read_disclosures(const Value& member, std::span<const PersonalField> personal) {
  const auto faulty = [](DisclosureFault fault) {
    return Disclosed{.fault = fault, .disclosures = {}};
  };
  const Value::Array* array = member.as_array();
  if (array == nullptr || array->empty()) return faulty(DisclosureFault::kForm);
  Disclosed read;
  auto next = personal.begin();
  for (const Value& one : *array) {
    auto disclosure =
        one.as_string() == nullptr ? std::nullopt : parse_disclosure(*one.as_string());
    if (!disclosure) return faulty(DisclosureFault::kForm);
    const auto field =
        std::ranges::find(next, personal.end(), disclosure->pointer, &PersonalField::pointer);
    if (field == personal.end()) {
      const bool earlier = std::ranges::find(personal, disclosure->pointer,
                                             &PersonalField::pointer) != personal.end();
      return faulty(earlier ? DisclosureFault::kOrder : DisclosureFault::kUnknown);
    }
    if (commitment_to(*disclosure) != field->commitment) return faulty(DisclosureFault::kDiffers);
    next = field + 1;
    read.disclosures.push_back(*std::move(disclosure));
  }
  return read;
}

core::Result<std::vector<Disclosure>> disclosures_for(std::string_view reader, const Value& payload,
                                                      std::span<const Disclosure> disclosures) {
  HEYAN_TRY(const std::string party, party_of(reader, Parties(payload)));
  std::map<std::string_view, const Disclosure*> by_place;
  for (const Disclosure& one : disclosures) by_place.emplace(one.pointer, &one);
  std::vector<Disclosure> shown;
  for (const PersonalField& field : personal_fields(payload)) {
    if (reader != kCourt && field.owner != party) continue;
    const auto found = by_place.find(field.pointer);
    if (found == by_place.end() || commitment_to(*found->second) != field.commitment) continue;
    shown.push_back(*found->second);
  }
  return shown;
}

core::Result<std::string> make_copy(core::ByteView envelope,
                                    std::span<const Disclosure> disclosures,
                                    std::string_view reader, const core::Limits& limits) {
  const auto members = read_members(envelope, limits);
  const auto payload = members ? payload_in(*members, limits) : std::nullopt;
  if (!payload) {
    return fail(ErrorCode::kMalformed, "this is no signed report");
  }
  HEYAN_TRY(const auto shown, disclosures_for(reader, *payload, disclosures));
  Value member{Value::Array{}};
  for (const Disclosure& one : shown) member.push(encode_disclosure(one));
  Value copy{Value::Object{}};
  for (const auto& [name, value] : *members->as_object()) {
    if (name != kDisclosuresMember) copy.set(name, value);
  }
  if (!shown.empty()) copy.set(kDisclosuresMember, std::move(member));
  return core::json::write_canonical(copy);
}

}  // namespace heyan::report
