#include "court_adapters/micro_court/people.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include <fmt/core.h>

#include "court_adapters/china/credit_code.h"
#include "court_adapters/china/resident_id.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::size_t kMaxIdBytes = 128;

class PeopleReader {
 public:
  PeopleReader(const FilingIds& ids, const Reading& reading) : ids_(ids), reading_(reading) {}

  People read(const Node& data) {
    People people;
    const auto parties = records_of(data, "dsr", "dsrs", reading_);
    if (parties.size() > reading_.limits.parties) {
      too_many(data.at("dsr"));
      return people;
    }
    for (const Node& node : parties) people.parties.push_back(read_party(node));
    if (parties.empty()) missing(data.at("dsr"), "The list of parties");
    check_plaintiff(data, people.parties);
    const auto agents = records_of(data, "dlr", "dlrs", reading_);
    if (agents.size() > reading_.limits.parties) {
      too_many(data.at("dlr"));
      return people;
    }
    for (const Node& node : agents) {
      people.agents.push_back(read_agent(node, people.parties));
      if (node.line(reading_, "sfsqr") == kYes) {
        people.submitting_agent = people.agents.back().name();
      }
    }
    return people;
  }

 private:
  void too_many(const Node& list) const {
    reading_.defects.add(
        list.pointer(), "limit",
        fmt::format("There are more than {} of them. Divide the filing.", reading_.limits.parties));
  }
  void missing(const Node& node, std::string_view label) const {
    reading_.defects.add(node.pointer(), "field-required",
                         fmt::format("{} is missing: give it.", label));
  }

  std::string read_id(const Node& node) {
    std::string id = node.required(reading_, "id", "The record's id");
    if (id.size() > kMaxIdBytes) {
      reading_.defects.add(node.at("id").pointer(), "limit",
                           fmt::format("An id has at most {} bytes.", kMaxIdBytes));
      return {};
    }
    if (!id.empty() && !seen_.insert(id).second) {
      reading_.defects.add(
          node.at("id").pointer(), "duplicate-key",
          fmt::format("The id {} stands twice: give each record its own.", quoted(id)));
    }
    return id;
  }

  v1::Role read_role(const Node& node) const {
    const std::string code = node.required(reading_, "ssdw", "The party's role");
    if (code.empty()) return v1::ROLE_UNSPECIFIED;
    const v1::Role role = role_of(code, ids_.group);
    if (role != v1::ROLE_UNSPECIFIED) return role;
    const std::string where = node.at("ssdw").pointer();
    if (ids_.group == CaseGroup::kOther && !is_any_role(code)) {
      reading_.remark("code-not-attested", where,
                      fmt::format("The role {} of this kind of case is not known here; the party "
                                  "is shown with another role.",
                                  quoted(code)));
      return v1::ROLE_OTHER;
    }
    if (is_any_role(code)) {
      reading_.defects.add(
          where, "role-mismatch",
          fmt::format(
              "The role {} does not exist in this type of case (ajlx): correct one of them.",
              quoted(code)));
    } else {
      reading_.defects.add(where, "unknown-code",
                           fmt::format("The role {} is not in the dictionary.", quoted(code)));
    }
    return v1::ROLE_UNSPECIFIED;
  }

  // A code of a dictionary of which a few numbers only are known.
  void check_dictionary(const Node& node, std::string_view dictionary, bool known) const {
    const std::string code = node.line(reading_);
    if (code.empty() || known) return;
    if (is_of(code, dictionary)) {
      reading_.remark("code-not-attested", node.pointer(),
                      fmt::format("What {} stands for is not known here; it is not interpreted.",
                                  quoted(code)));
    } else {
      reading_.defects.add(
          node.pointer(), "unknown-code",
          fmt::format("{} is no code of dictionary {}: correct it.", quoted(code), dictionary));
    }
  }

  void check_sex(const Node& node) const {
    const std::string code = node.line(reading_, "xb");
    constexpr std::array<std::string_view, 5> kSexes = {"", "1501_GB0001-0", "1501_GB0001-1",
                                                        "1501_GB0001-2", "1501_GB0001-9"};
    if (std::ranges::find(kSexes, code) == kSexes.end()) {
      reading_.defects.add(node.at("xb").pointer(), "unknown-code",
                           fmt::format("{} is no code of GB/T 2261.1.", quoted(code)));
    }
  }

  // A number that a rule covers: its normal form, and what there is to say of it.
  std::string checked_number(const Node& node, const china::Checked& checked,
                             std::string_view defect, std::string_view what) const {
    if (!checked.readable()) {
      reading_.defects.add(node.pointer(), defect,
                           fmt::format("The {} {}. Correct it.", what, checked.reason));
    } else if (checked.verdict == china::Verdict::kWarning) {
      reading_.remark(checked.code, node.pointer(),
                      fmt::format("The {} {}.", what, checked.reason));
    }
    return checked.text;
  }

  // A person's number (zjlx, zjhm); returns it in its normal form.
  std::string read_person_number(const Node& node, std::string_view type_name,
                                 std::string_view number_name, v1::Party* party) const {
    const std::string type = node.line(reading_, type_name);
    std::string number = node.line(reading_, number_name);
    check_dictionary(node.at(type_name), "1501_000015-", type == kIdentityCard);
    if (type != kIdentityCard || number.empty()) {
      if (party != nullptr && !number.empty()) party->set_id_type(v1::ID_TYPE_OTHER);
      return number;
    }
    if (party != nullptr) party->set_id_type(v1::ID_TYPE_RESIDENT_ID);
    const china::ResidentId id = china::read_resident_id(number, reading_.at_ms);
    const std::string normal =
        checked_number(node.at(number_name), id, "resident-id-invalid", "identity number");
    const std::string born = node.line(reading_, "csrq");
    if (party != nullptr && id.readable() && !born.empty() && born != date_text(id.born)) {
      reading_.defects.add(node.at("csrq").pointer(), "birthdate-mismatch",
                           "The date of birth is not that of the identity number: correct one of "
                           "them.");
    }
    return normal;
  }

  static std::string date_text(std::chrono::year_month_day date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  }

  void read_natural(const Node& node, v1::Party& party) const {
    party.set_kind(v1::PARTY_KIND_NATURAL_PERSON);
    party.set_name(node.required(reading_, "xm", "The person's name (xm)"));
    check_sex(node);
    party.set_id_number(read_person_number(node, "zjlx", "zjhm", &party));
  }

  void read_organisation(const Node& node, v1::Party& party) const {
    party.set_name(node.required(reading_, "dwmc", "The organisation's name (dwmc)"));
    const std::string type = node.line(reading_, "zzlx");
    const std::string number = node.line(reading_, "zzhm");
    check_dictionary(node.at("zzlx"), "1501_000031-", type == kCreditCode);
    if (!number.empty()) {
      party.set_id_type(type == kCreditCode ? v1::ID_TYPE_USCC : v1::ID_TYPE_OTHER);
    }
    party.set_id_number(type == kCreditCode && !number.empty()
                            ? checked_number(node.at("zzhm"), china::read_credit_code(number),
                                             "credit-code-invalid", "credit code")
                            : number);
    read_person_number(node, "fddbrzjlx", "fddbrzjhm", nullptr);  // legal representative: checked
  }

  v1::Party read_party(const Node& node) {
    v1::Party party;
    party.set_id(read_id(node));
    check_belonging(node, ids_, reading_);
    party.set_role(read_role(node));
    const std::string kind = node.required(reading_, "dsrlx", "The kind of party");
    check_dictionary(node.at("dsrlx"), "1501_000011-",
                     kind == kNaturalPerson || kind == kLegalPerson);
    const bool has_person = !node.at("xm").is_empty();
    if (kind == kNaturalPerson || (kind != kLegalPerson && has_person)) {
      read_natural(node, party);
    } else {
      if (kind == kLegalPerson) party.set_kind(v1::PARTY_KIND_LEGAL_PERSON);
      read_organisation(node, party);
    }
    const bool files = party.role() == v1::ROLE_PLAINTIFF || party.role() == v1::ROLE_APPLICANT;
    const Node number = node.at(kind == kNaturalPerson ? "zjhm" : "zzhm");
    if (files && number.is_empty()) missing(number, "The number of who files");
    return party;
  }

  void check_plaintiff(const Node& data, const std::vector<v1::Party>& parties) const {
    if (ids_.group == CaseGroup::kOther || ids_.group == CaseGroup::kUnknown) return;
    const bool execution = ids_.group == CaseGroup::kExecution;
    const v1::Role wanted = execution ? v1::ROLE_APPLICANT : v1::ROLE_PLAINTIFF;
    if (std::ranges::find(parties, wanted, &v1::Party::role) != parties.end()) return;
    reading_.defects.add(
        data.at("dsr").pointer(), "plaintiff-missing",
        execution ? "No party is the applicant: add one." : "No party is a plaintiff: add one.");
  }

  v1::Party read_agent(const Node& node, const std::vector<v1::Party>& parties) {
    v1::Party agent;
    agent.set_id(read_id(node));
    check_belonging(node, ids_, reading_);
    agent.set_role(v1::ROLE_AGENT);
    agent.set_kind(v1::PARTY_KIND_NATURAL_PERSON);
    agent.set_name(node.required(reading_, "xm", "The agent's name (xm)"));
    agent.set_id_number(read_person_number(node, "zjlx", "zjhm", &agent));
    check_dictionary(node.at("dlrlx"), "1501_000013-",
                     is_of(node.line(reading_, "dlrlx"), "1501_000013-"));
    const std::string whom = node.required(reading_, "bdlrid", "Whom the agent represents");
    if (whom.empty()) return agent;
    const auto party = std::ranges::find(parties, whom, &v1::Party::id);
    if (party == parties.end()) {
      reading_.defects.add(node.at("bdlrid").pointer(), "dangling-reference",
                           fmt::format("No party has the id {}: name the party that the agent "
                                       "represents.",
                                       quoted(whom)));
      return agent;
    }
    const std::string name = node.line(reading_, "bdlrMc");
    if (!name.empty() && !party->name().empty() && name != party->name()) {
      reading_.defects.add(node.at("bdlrMc").pointer(), "reference-mismatch",
                           "The name of the represented party is not that of the party with the "
                           "id (bdlrid): correct one of them.");
    }
    return agent;
  }

  const FilingIds& ids_;
  const Reading& reading_;
  std::set<std::string> seen_;
};

}  // namespace

People read_people(const Node& data, const FilingIds& ids, const Reading& reading) {
  return PeopleReader(ids, reading).read(data);
}

void check_belonging(const Node& record, const FilingIds& ids, const Reading& reading) {
  const auto check = [&](std::string_view name, const std::string& expected, const char* what) {
    const std::string given = record.line(reading, name);
    if (given.empty() || expected.empty() || given == expected) return;
    reading.defects.add(record.at(name).pointer(), "reference-mismatch",
                        fmt::format("This record names another {} ({}) than the message ({}).",
                                    what, quoted(given), quoted(expected)));
  };
  check("layyid", ids.filing, "filing");
  check("layyId", ids.filing, "filing");
  check("fyId", ids.court, "court");
}

std::vector<Node> records_of(const Node& data, std::string_view name, std::string_view plural,
                             const Reading& reading) {
  std::vector<Node> records = data.at(name).elements(reading);
  for (Node& node : data.at(plural).elements(reading)) records.push_back(std::move(node));
  return records;
}

}  // namespace heyan::court_adapters::micro_court
