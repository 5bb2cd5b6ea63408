// What a trust list says of a transparency log: a policy file, and whose keys stand in it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/transparency/note_key.h"
#include "verifier/transparency/policy.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::tlog {

// JSON pointers into a record; an empty one: records do not have that field.
struct RecordPlaces {
  std::map<std::string, std::string> digests{{"sha-256", "/sha256"}, {"sm3", "/sm3"}};
  std::string id;
  std::string who = "/who";
  std::string what = "/what";
  std::string when = "/when";
  std::string where = "/where";
};

// Where [ledger.record] says otherwise, its places.
RecordPlaces record_places(const trust::RecordFields& fields);

struct LogConfig : trust::LedgerConfig {
  transparency::LogPolicy policy;
  // Of each log and each witness of the policy; empty: of no institution of the list.
  std::vector<std::string> log_institutions;
  std::vector<std::string> witness_institutions;
};

struct TlogConfig : LogConfig {
  std::optional<std::string> origin;              // where it is not the log key's name
  std::vector<transparency::NoteVerifier> known;  // the policy's logs, then its witnesses
  RecordPlaces places;
};

// Reads `policy` and `witnesses` of [ledger.FORMAT]. False after a defect.
bool read_log(trust::Table& table, transparency::PolicyForm form, const trust::LedgerEntry& entry,
              const trust::TrustList& list, LogConfig& config);

// [ledger.tlog]: docs/tlog.md. Null after a defect.
std::shared_ptr<const TlogConfig> read_config(trust::Table& table, const trust::LedgerEntry& entry,
                                              const trust::TrustList& list);

}  // namespace heyan::ledgers::tlog
