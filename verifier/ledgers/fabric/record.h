// The evidence record in a state value: JSON, by pointers that the trust list may change.
//
// Threat: the value is the depositor's. The strict reader refuses duplicate names, so that no other
// reader can see another digest; the id inside must be the state key. Pure; any thread.
#pragma once

#include <map>
#include <string>

#include "heyan/v1/attestation.pb.h"
#include "verifier/core/limits.h"
#include "verifier/ledgers/fabric/message.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::fabric {

// JSON pointers.
struct RecordPlaces {
  std::map<std::string, std::string> digests{{"sha-256", "/what/sha256"}, {"sm3", "/what/sm3"}};
  std::string id = "/evidence_id";  // empty: records do not repeat their key
  std::string who = "/who/party";
  std::string what = "/what/name";
  std::string when = "/when";
  std::string where = "/where";
};

// The defaults, changed by [ledger.record].
RecordPlaces record_places(const trust::RecordFields& fields);

struct ParsedRecord {
  v1::LedgerRecord record;     // its id is the state key
  bool names_its_key = false;  // the id inside equals the state key
};

// kMalformed: not strict JSON, or a field of another type.
Result<ParsedRecord> parse_record(ByteView value, std::string_view key, const RecordPlaces& places,
                                  const core::Limits& limits);

// The digest of that algorithm, or nothing.
std::optional<Bytes> digest_of(const v1::LedgerRecord& record, v1::DigestAlgorithm algorithm);

}  // namespace heyan::ledgers::fabric
