// The world state that a replay of the chain builds up: versions, values, and the bytes behind each
// commit hash. Source: fabric v2.5.4 core/ledger/kvledger/txmgmt (validator,
// update_batch_bytes.go). Views; not for two threads.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <tuple>

#include "verifier/ledgers/fabric/rwset.h"

namespace heyan::ledgers::fabric {

struct StateValue {
  Version version;
  ByteView value;
  bool is_delete = false;  // of updates; the state itself has no deleted keys
};

// Namespace, collection (empty: public), key: in this order, bytewise, as commit hashes want them.
using StateKey = std::tuple<std::string_view, std::string_view, std::string_view>;

class State {
 public:
  const StateValue* find(const StateKey& key) const;

  // Are the versions that the transaction read still the committed ones, and untouched by the
  // updates of the block under way?
  bool reads_hold(const ReadWriteSet& rwset) const;

  // Adds the writes of a valid transaction of the block under way.
  void update(const ReadWriteSet& rwset, Version version);
  // The deterministic bytes of the updates of the block under way (Updates of
  // update_batch_bytes.go).
  Bytes encode_updates() const;
  // Makes the updates part of the state and begins the next block.
  void commit();

 private:
  bool read_holds(const StateKey& key, const Read& read) const;

  std::map<StateKey, StateValue> committed_;
  std::map<StateKey, StateValue> updates_;
};

}  // namespace heyan::ledgers::fabric
