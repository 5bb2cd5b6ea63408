#include "verifier/trust/links.h"

#include <algorithm>

namespace heyan::trust {
namespace {

// Identifiers are compared without regard to the case of Latin letters ("...2Q" is "...2q"), so
// that a link is not missed; names are compared exactly.
std::string upper(std::string_view identifier) {
  std::string out(identifier);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\u3000") == std::string_view::npos;
}

bool is_linked(const Institution& institution, const v1::Party& party) {
  const std::string identifier = upper(party.id_number());
  return std::ranges::any_of(institution.linked_parties, [&](const std::string& linked) {
    if (linked.empty()) return false;
    return linked == party.name() || upper(linked) == identifier;
  });
}

}  // namespace

Links find_links(const TrustList& list, const v1::CaseRecord& record,
                 const v1::Circumstances& circumstances) {
  Links links;
  const auto& parties = record.submission().parties();
  const auto& checked = circumstances.checked_parties();
  bool identified = !parties.empty();
  bool all_checked = identified;
  for (const v1::Party& party : parties) {
    identified = identified && !is_blank(party.id_number());
    all_checked = all_checked && std::ranges::find(checked, party.id()) != checked.end();
    for (const Institution& institution : list.institutions) {
      if (is_linked(institution, party)) links.by_party[party.id()].insert(institution.id);
    }
    for (const std::string& declared : party.linked_institutions()) {
      if (declared.empty()) continue;
      links.by_party[party.id()].insert(declared);
      // A link to an institution that the list does not know cannot be taken out of any quorum.
      identified = identified && (!list.given || list.institution(declared) != nullptr);
    }
  }
  for (const v1::KnownLink& known : circumstances.links()) {
    links.by_party[known.party()].insert(known.institution());
  }
  for (const auto& [party, institutions] : links.by_party) {
    links.institutions.insert(institutions.begin(), institutions.end());
  }
  links.established = identified && all_checked;
  links.declared = identified && circumstances.submission_is_declared();
  return links;
}

}  // namespace heyan::trust
