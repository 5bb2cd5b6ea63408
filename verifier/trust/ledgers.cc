// [[ledger]] and [[tsa]] of a trust list.
#include <algorithm>
#include <array>

#include "verifier/crypto/digest.h"
#include "verifier/trust/nearest.h"
#include "verifier/trust/parts.h"

namespace heyan::trust {
namespace {

// Every format that case files and trust lists may name. A list may hold ledgers that this build
// cannot verify yet.
constexpr std::array<std::string_view, 11> kFormats = {
    "fabric",   "chainmaker", "fisco-bcos", "operator-attestation", "tlog",          "sigsum",
    "sigstore", "ccf",        "rfc3161",    "evidence-record",      "opentimestamps"};
constexpr std::array<std::string_view, 8> kRecordFields = {
    "who", "what", "when", "where", "id", "method", "argument", "algorithm"};
constexpr std::array<std::string_view, 3> kTimeClasses = {"qualified", "licensed-ca", "private"};

void read_record(Table table, RecordFields& record) {
  if (auto digests = table.table("digest")) {
    for (const std::string& algorithm : digests->keys()) {
      if (!crypto::hash_by_name(algorithm)) {
        digests->defect(algorithm, "is no digest algorithm",
                        "Write one of: sha-256 sha-384 sha-512 sm3 sha-1 md5");
      }
      if (const auto place = digests->required_text(algorithm)) record.digest[algorithm] = *place;
    }
  }
  for (const std::string_view field : kRecordFields) {
    if (!table.has(field)) {
      table.text(field);  // known, and rightly absent
    } else if (const auto place = table.required_text(field)) {
      record.fields.emplace(field, *place);
    }
  }
}

const LedgerSetup* setup_of(std::string_view format, std::span<const LedgerSetup* const> formats) {
  for (const LedgerSetup* setup : formats) {
    if (setup->format() == format) return setup;
  }
  return nullptr;
}

// The sub-table that is named after the format, read by the ledger's own folder.
void configure(Table& table, LedgerEntry& entry, const TrustList& list, const LedgerSetup* setup) {
  if (setup == nullptr) {
    table.ignore(entry.format);
    return;
  }
  auto own = table.table(entry.format);
  if (!own) {
    table.defect(entry.format, "is missing",
                 "Add the table [ledger." + entry.format + "] with the settings of this format");
    return;
  }
  entry.config = setup->configure(*own, entry, list);
  // After a defect the ledger may have stopped early; what it did not ask for is then not unknown.
  if (entry.config == nullptr) table.ignore(entry.format);
}

void read_ledger(Table table, TrustList& list, std::span<const LedgerSetup* const> formats,
                 std::span<const std::string_view> known) {
  const auto id = read_id(table);
  if (id && list.ledger(*id) != nullptr) {
    table.defect("id", "'" + *id + "' is the id of another ledger");
  }
  LedgerEntry entry;
  entry.id = id.value_or("");
  const auto format = table.word("format", known);
  if (!table.has("format")) table.defect("format", "is missing");
  entry.format = format.value_or("");
  entry.name = read_name(table, entry.id);
  entry.quorum = table.text("quorum").value_or("");
  if (table.has("quorum") && list.quorum(entry.quorum) == nullptr) {
    table.defect("quorum", "'" + entry.quorum + "' is no quorum of this list");
  }
  if (const auto record = table.table("record")) read_record(*record, entry.record);
  entry.rulings = read_rulings(table);
  if (format) {
    configure(table, entry, list, setup_of(*format, formats));
  } else {
    for (const std::string_view each : known) table.ignore(each);  // one defect is enough
  }
  list.ledgers.push_back(std::move(entry));
}

// Dotted decimals, as "1.2.3.4".
bool is_object_identifier(std::string_view text) {
  bool digit = false;
  std::size_t dots = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && digit) {
      digit = false;
      ++dots;
    } else {
      return false;
    }
  }
  return digit && dots > 0;
}

void read_time_authority(Table table, TrustList& list) {
  TimeAuthority authority;
  authority.institution = table.required_text("institution").value_or("");
  authority.policies = table.texts("policies");
  authority.trust_class = table.word("class", kTimeClasses).value_or("");
  if (!table.has("class")) table.defect("class", "is missing");
  authority.accepted_from = table.time("accepted_from");
  const Institution* institution = list.institution(authority.institution);
  if (!authority.institution.empty() && institution == nullptr) {
    table.defect("institution", "'" + authority.institution + "' is no institution of this list");
  } else if (institution != nullptr && institution->cas.empty()) {
    table.defect("institution", "has no [[institution.ca]] to anchor its time-stamps");
  }
  for (const std::string& policy : authority.policies) {
    if (!is_object_identifier(policy)) {
      table.defect("policies", "'" + policy + "' is no object identifier", "Write 1.2.3.4");
    }
  }
  list.time_authorities.push_back(std::move(authority));
}

}  // namespace

void read_ledgers(Table& root, TrustList& list, std::span<const LedgerSetup* const> formats) {
  std::vector<std::string_view> known(kFormats.begin(), kFormats.end());
  for (const LedgerSetup* setup : formats) {
    if (std::ranges::find(known, setup->format()) == known.end()) known.push_back(setup->format());
  }
  for (const Table& table : root.tables("ledger")) read_ledger(table, list, formats, known);
}

void read_time_authorities(Table& root, TrustList& list) {
  for (const Table& table : root.tables("tsa")) read_time_authority(table, list);
}

}  // namespace heyan::trust
