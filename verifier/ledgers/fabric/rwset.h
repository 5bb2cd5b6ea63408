// The read and write set of a transaction: what it read at which version, and what it writes.
// Source: fabric-protos ledger/rwset/rwset.proto and kvrwset/kv_rwset.proto. Views; pure; any
// thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

// Height at which a key was last written.
struct Version {
  std::uint64_t block = 0;
  std::uint64_t transaction = 0;
  bool operator==(const Version&) const = default;
};

struct Read {
  ByteView key;                    // text for public reads, a hash for private ones
  std::optional<Version> version;  // nothing: the key did not exist
};

struct Write {
  ByteView key;
  bool is_delete = false;  // also where the value is empty, which Fabric stores as a deletion
  ByteView value;
};

// Private data: on the chain stand hashes of keys and values.
struct CollectionSet {
  std::string_view name;
  std::vector<Read> reads;
  std::vector<Write> writes;
  bool metadata_writes = false;
};

struct NamespaceSet {
  std::string_view name;
  std::vector<Read> reads;
  std::vector<Write> writes;
  std::vector<CollectionSet> collections;
  bool range_queries = false;
  bool metadata_writes = false;  // key-level policies

  bool writes_something() const;
};

struct ReadWriteSet {
  std::vector<NamespaceSet> namespaces;

  const NamespaceSet* find(std::string_view name) const;
};

Result<ReadWriteSet> parse_read_write_set(ByteView bytes);

}  // namespace heyan::ledgers::fabric
