// The trust list: whom this court believes. Read from TOML (docs/trust-list.md); a value, immutable
// once read, any thread.
//
// Threat: a submission never adds to it. One key or CA under two institutions is an error (security
// decision 6).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/crypto/certificate.h"
#include "verifier/crypto/key.h"
#include "verifier/trust/rulings.h"
#include "verifier/trust/table.h"

namespace heyan::trust {

enum class InstitutionKind : std::uint8_t {
  kCourt,
  kNotary,
  kCopyright,
  kForensic,
  kRegulator,
  kCa,
  kTimestamp,
  kPlatform,
  kOther
};
std::string_view name(InstitutionKind kind);  // "court" ...
std::optional<InstitutionKind> kind_by_name(std::string_view name);

struct BilingualText {
  std::string zh;
  std::string en;
};

struct InstitutionKey {
  std::string id;
  crypto::PublicKey key;
  std::optional<core::UtcTime> valid_from;
  std::optional<core::UtcTime> valid_until;
  std::optional<core::UtcTime> revoked_at;
  std::string revocation_reason;
};

struct InstitutionCa {
  crypto::Certificate certificate;
  std::vector<crypto::RevocationList> revocation_lists;
  std::string sm2_id = "1234567812345678";
};

struct Institution {
  std::string id;
  InstitutionKind kind = InstitutionKind::kOther;
  BilingualText name;
  std::vector<std::string> linked_parties;  // identifiers or exact names
  std::vector<InstitutionKey> keys;
  std::vector<InstitutionCa> cas;
};

struct Quorum {
  std::string id;
  std::uint32_t at_least = 0;
  std::vector<std::string> of;  // ids of institutions or of other quorums; no cycles
  std::vector<InstitutionKind> must_include_kinds;
};

// The part of a ledger entry that only the ledger's folder understands. Made by LedgerSetup, used
// by the same folder.
class LedgerConfig {
 public:
  virtual ~LedgerConfig() = default;
};

// Where the record's fields stand: digest algorithm name -> place; JSON pointers or parameter
// names, by the ledger's page.
struct RecordFields {
  std::map<std::string, std::string> digest;  // "sha-256" -> "/what/sha256"
  std::map<std::string, std::string> fields;  // who what when where id method argument algorithm
};

struct LedgerEntry {
  std::string id;
  std::string format;
  BilingualText name;
  std::string quorum;  // id; empty where the ledger's own policy file is the quorum
  RecordFields record;
  std::shared_ptr<const LedgerConfig> config;  // null: this build has no such format
  std::vector<Ruling> rulings;                 // on blocks of it that contradict each other
};

struct TimeAuthority {
  std::string institution;
  std::vector<std::string> policies;
  std::string trust_class;  // qualified licensed-ca private
  std::optional<core::UtcTime> accepted_from;
};

struct TrustList {
  std::string id;
  std::int64_t version = 0;
  std::optional<core::UtcTime> issued;
  std::optional<core::UtcTime> next_update;
  bool sample = false;
  std::vector<Institution> institutions;
  std::vector<Quorum> quorums;
  std::vector<LedgerEntry> ledgers;
  std::vector<TimeAuthority> time_authorities;
  bool given = false;           // false: the empty list, no --trust
  core::Bytes digest;           // digest_of(files)
  std::vector<ReadFile> files;  // the document and every file that it names, in the order in which
                                // they were first read

  const Institution* institution(std::string_view id) const;
  const Quorum* quorum(std::string_view id) const;
  const LedgerEntry* ledger(std::string_view id) const;
};

// What a ledger folder offers to the reader of trust lists: its format, and how it reads its own
// sub-table.
class LedgerSetup {
 public:
  virtual ~LedgerSetup() = default;
  virtual std::string_view format() const = 0;
  // Reads [ledger.FORMAT]; `entry` has everything else of the ledger, `list` its institutions and
  // quorums. Defects go to the table; null after one.
  virtual std::shared_ptr<const LedgerConfig> configure(Table& table, const LedgerEntry& entry,
                                                        const TrustList& list) const = 0;
};

// Reads a trust list. `main_file` is read through `files` like every file it names. All defects,
// not only the first.
std::expected<TrustList, std::vector<ConfigError>> parse_trust_list(
    std::string_view main_file, const FileReader& files,
    std::span<const LedgerSetup* const> formats);

}  // namespace heyan::trust
