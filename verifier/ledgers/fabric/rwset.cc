#include "verifier/ledgers/fabric/rwset.h"

#include <algorithm>

namespace heyan::ledgers::fabric {
namespace {

Result<Version> parse_version(ByteView bytes) {
  Version version;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(version.block, field);
      case 2:
        return put(version.transaction, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  return version;
}

// KVRead and KVReadHash have the same shape; only the former's key is text.
Result<Read> parse_read(const Field& outer, bool text_key) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  Read read;
  std::string_view key;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return text_key ? put(key, field) : put(read.key, field);
      case 2: {
        HEYAN_TRY(const ByteView version, field.as_bytes());
        HEYAN_TRY(read.version, parse_version(version));
        return {};
      }
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  if (text_key) read.key = core::as_bytes(key);
  return read;
}

Result<Write> parse_write(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  Write write;
  std::string_view key;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(key, field);
      case 2:
        return put(write.is_delete, field);
      case 3:
        return put(write.value, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  write.key = core::as_bytes(key);
  write.is_delete = write.is_delete || write.value.empty();
  return write;
}

Result<Write> parse_hashed_write(const Field& outer) {
  HEYAN_TRY(const ByteView bytes, outer.as_bytes());
  Write write;
  bool is_purge = false;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(write.key, field);
      case 2:
        return put(write.is_delete, field);
      case 3:
        return put(write.value, field);
      case 4:
        return put(is_purge, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  write.is_delete = write.is_delete || is_purge || write.value.empty();
  return write;
}

Result<void> parse_kv(ByteView bytes, NamespaceSet& set) {
  return read_fields(bytes, {1, 2, 3, 4}, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1: {
        HEYAN_TRY(Read read, parse_read(field, true));
        set.reads.push_back(read);
        return {};
      }
      case 2:
        set.range_queries = true;
        return skip_bytes(field);
      case 3: {
        HEYAN_TRY(Write write, parse_write(field));
        set.writes.push_back(write);
        return {};
      }
      case 4:
        set.metadata_writes = true;
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  });
}

Result<void> parse_hashed(ByteView bytes, CollectionSet& set) {
  return read_fields(bytes, {1, 2, 3}, [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1: {
        HEYAN_TRY(Read read, parse_read(field, false));
        set.reads.push_back(read);
        return {};
      }
      case 2: {
        HEYAN_TRY(Write write, parse_hashed_write(field));
        set.writes.push_back(write);
        return {};
      }
      case 3:
        set.metadata_writes = true;
        return skip_bytes(field);
      default:
        return unknown(field);
    }
  });
}

Result<CollectionSet> parse_collection(ByteView bytes) {
  CollectionSet set;
  ByteView hashed;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(set.name, field);
      case 2:
        return put(hashed, field);
      case 3:
        return skip_bytes(field);  // pvt_rwset_hash
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {}, visit));
  HEYAN_CHECK_OK(parse_hashed(hashed, set));
  return set;
}

Result<NamespaceSet> parse_namespace(ByteView bytes) {
  NamespaceSet set;
  ByteView kv;
  std::vector<ByteView> collections;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(set.name, field);
      case 2:
        return put(kv, field);
      case 3:
        return put(collections, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {3}, visit));
  HEYAN_CHECK_OK(parse_kv(kv, set));
  for (const ByteView one : collections) {
    HEYAN_TRY(CollectionSet collection, parse_collection(one));
    set.collections.push_back(std::move(collection));
  }
  return set;
}

}  // namespace

bool NamespaceSet::writes_something() const {
  return !writes.empty() || metadata_writes ||
         std::ranges::any_of(collections, [](const CollectionSet& one) {
           return !one.writes.empty() || one.metadata_writes;
         });
}

const NamespaceSet* ReadWriteSet::find(std::string_view name) const {
  for (const NamespaceSet& set : namespaces) {
    if (set.name == name) return &set;
  }
  return nullptr;
}

Result<ReadWriteSet> parse_read_write_set(ByteView bytes) {
  ReadWriteSet result;
  const auto visit = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return skip_number(field);  // data_model: KV is the only one
      case 2: {
        HEYAN_TRY(const ByteView one, field.as_bytes());
        HEYAN_TRY(NamespaceSet set, parse_namespace(one));
        result.namespaces.push_back(std::move(set));
        return {};
      }
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(bytes, {2}, visit));
  return result;
}

}  // namespace heyan::ledgers::fabric
