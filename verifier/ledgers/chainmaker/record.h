// The evidence record in a transaction: parameters of the call, and members of JSON inside them.
//
// Threat: the parameters are the depositor's. A parameter that stands twice is refused, since the
// engine takes the last one and another reader the first. Without other orders of the trust list
// the places are those of the evidence standard CMEVI: parameters id, hash and metadata, the last
// one JSON {hashType, hashAlgorithm, username, timestamp, proveTimestamp}. Pure; any thread.
#pragma once

#include <map>
#include <string>

#include "heyan/v1/attestation.pb.h"
#include "verifier/core/limits.h"
#include "verifier/ledgers/chainmaker/message.h"
#include "verifier/trust/trust_list.h"

namespace heyan::ledgers::chainmaker {

// "hash" is a parameter, "metadata#/username" a JSON pointer into one.
struct Place {
  std::string parameter;  // empty: the record has no such field
  std::string pointer;    // empty: the whole value

  static std::optional<Place> parse(std::string_view text);
};

struct RecordPlaces {
  std::string method = "Evidence";
  std::map<std::string, Place> digests;  // by algorithm, as trust lists name them
  Place algorithm{"metadata", "/hashAlgorithm"};
  Place id{"id", ""};
  Place who{"metadata", "/username"};
  Place what;
  Place when{"metadata", "/timestamp"};
  Place where;
};

// The defaults, changed by [ledger.record]. Nothing where a place is no place.
std::optional<RecordPlaces> record_places(const trust::RecordFields& fields);

// Where the record names its algorithm, only a digest of that one is read; where it names none,
// each place that belongs to one algorithm alone. Its id is that of the record, or else the
// transaction's. kMalformed: a field that cannot be read, or a parameter twice.
Result<v1::LedgerRecord> read_record(const Payload& payload, const RecordPlaces& places,
                                     const core::Limits& limits);

}  // namespace heyan::ledgers::chainmaker
