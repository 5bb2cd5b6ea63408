#include "court_adapters/ecf/case.h"

#include <algorithm>
#include <array>

#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::ecf {
namespace {

using markup::Element;

struct RoleWord {
  std::string_view word;
  v1::Role role;
};
constexpr std::array kRoles = {
    RoleWord{"plaintiff", v1::ROLE_PLAINTIFF},   RoleWord{"petitioner", v1::ROLE_APPLICANT},
    RoleWord{"applicant", v1::ROLE_APPLICANT},   RoleWord{"defendant", v1::ROLE_DEFENDANT},
    RoleWord{"respondent", v1::ROLE_RESPONDENT}, RoleWord{"attorney", v1::ROLE_AGENT},
};

v1::Role role_of(std::string word) {
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto found = std::ranges::find(kRoles, word, &RoleWord::word);
  return found == kRoles.end() ? v1::ROLE_OTHER : found->role;
}

// A text that a submission may hold, on one line.
class Taker {
 public:
  Taker(const core::Limits& limits, Defects& defects) : limits_(limits), defects_(defects) {}

  std::string take(const Element& element) const {
    std::string text = element.value();
    if (text.size() > limits_.string_bytes) {
      add(defects_, "limit", element, "This text is longer than is taken.");
      return {};
    }
    return text;
  }
  // Numbers and codes: what they are shown as is what they are.
  std::string take_line(const Element& element) const {
    std::string text = take(element);
    return core::has_control(text) ? std::string() : text;
  }

 private:
  const core::Limits& limits_;
  Defects& defects_;
};

std::string name_of(const Element& entity, const Names& names, const Taker& taker) {
  const Element person = entity.child(names.nc, "PersonName");
  std::string name = taker.take(person.child(names.nc, "PersonFullName"));
  if (!name.empty()) return name;
  for (const std::string_view part : {"PersonGivenName", "PersonMiddleName", "PersonSurName"}) {
    const std::string text = taker.take(person.child(names.nc, part));
    if (!text.empty()) name += (name.empty() ? "" : " ") + text;
  }
  return name.empty() ? taker.take(entity.child(names.nc, "OrganizationName")) : name;
}

// 5.0 has the role within the person, 4.01 beside it.
std::string role_word(const Element& holder, const Element& entity, const Names& names) {
  for (const Element& place : {holder, entity.child(names.common, "PersonAugmentation"),
                               entity.child(names.common, "OrganizationAugmentation")}) {
    const Element role = place.child(names.common, "CaseParticipantRoleCode");
    if (role) return role.value();
  }
  return {};
}

void read_party(const Element& holder, const Names& names, const Taker& taker,
                v1::Submission& submission) {
  const Element entity = holder.first();
  const bool person = entity.name() == "EntityPerson";
  if (!person && entity.name() != "EntityOrganization") return;
  const std::string name = name_of(entity, names, taker);
  if (name.empty()) return;
  std::string id = entity.attribute(names.structures, "id").value_or("");
  if (id.empty() || id.size() > 128 || core::has_control(id)) {
    id = "#" + std::to_string(submission.parties_size() + 1);
  }
  v1::Party& party = *submission.add_parties();
  party.set_id(id);
  party.set_name(name);
  party.set_kind(person ? v1::PARTY_KIND_NATURAL_PERSON : v1::PARTY_KIND_LEGAL_PERSON);
  party.set_role(role_of(role_word(holder, entity, names)));
}

void read_court(const Element& court, const Names& names, const Taker& taker,
                v1::Submission& submission) {
  if (!court) return;
  submission.mutable_court()->set_code(taker.take_line(
      court.child(names.nc, "OrganizationIdentification").child(names.nc, "IdentificationID")));
  std::string name = taker.take_line(court.child(names.j, "CourtName"));
  if (name.empty()) name = taker.take_line(court.child(names.nc, "OrganizationUnitName"));
  if (name.empty()) name = taker.take_line(court.child(names.nc, "OrganizationName"));
  submission.mutable_court()->set_name(name);
}

}  // namespace

Element case_of(const Element& root, const Names& names) {
  for (Element at = root.first(); at; at = at.next()) {
    if (at.name() == "Case" || at.child(names.nc, "CaseTitleText") ||
        at.child(names.j, "CaseAugmentation")) {
      return at;
    }
  }
  return {};
}

std::string case_number(const Element& of, const Names& names) {
  const Element augmentation = of.child(names.common, "CaseAugmentation");
  for (const Element& element :
       {augmentation.child(names.j, "CaseNumberText"), of.child(names.nc, "CaseDocketID"),
        of.child(names.nc, "CaseTrackingID")}) {
    std::string text = element.value();
    if (!text.empty() && text.size() <= 255 && !core::has_control(text)) return text;
  }
  return {};
}

bool has_party(const v1::Submission& submission, std::string_view id) {
  return std::ranges::any_of(submission.parties(),
                             [&](const v1::Party& party) { return party.id() == id; });
}

void read_case(const Element& root, const Names& names, const core::Limits& limits,
               v1::Submission& submission, Defects& defects) {
  const Taker taker(limits, defects);
  const Element of = case_of(root, names);
  Element court = root.child(names.j, "CaseCourt");
  if (!court) court = of.child(names.j, "CaseAugmentation").child(names.j, "CaseCourt");
  read_court(court, names, taker, submission);
  submission.set_case_number(case_number(of, names));
  const std::string posted =
      root.child(names.nc, "DocumentPostDate").child(names.nc, "DateTime").value();
  if (const auto time = core::parse_rfc3339(posted)) {
    submission.set_filed_at_ms(core::to_unix_ms(*time));
  }
  const Element augmentation = of.child(names.common, "CaseAugmentation");
  for (const std::string_view holder : {"CaseParty", "CaseParticipant"}) {
    for (const Element& each : augmentation.children(names.common, holder)) {
      if (static_cast<std::size_t>(submission.parties_size()) >= limits.parties) {
        add(defects, "limit", each, "The case has more parties than are taken.");
        return;
      }
      read_party(each, names, taker, submission);
    }
  }
}

}  // namespace heyan::court_adapters::ecf
