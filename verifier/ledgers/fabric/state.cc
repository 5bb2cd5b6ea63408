#include "verifier/ledgers/fabric/state.h"

#include <algorithm>

namespace heyan::ledgers::fabric {
namespace {

void append_varint(std::uint64_t value, Bytes& out) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

// A bytes field of protobuf; nothing where it has its default.
void append_field(std::uint8_t tag, ByteView content, Bytes& out) {
  if (content.empty()) return;
  out.push_back(tag);
  append_varint(content.size(), out);
  out.insert(out.end(), content.begin(), content.end());
}

// Number of octets, then the octets, most significant first.
void append_ordered(std::uint64_t value, Bytes& out) {
  Bytes octets;
  for (; value > 0; value >>= 8) octets.insert(octets.begin(), static_cast<std::uint8_t>(value));
  append_varint(octets.size(), out);
  out.insert(out.end(), octets.begin(), octets.end());
}

Bytes encode_version(const Version& version) {
  Bytes result;
  append_ordered(version.block, result);
  append_ordered(version.transaction, result);
  return result;
}

}  // namespace

const StateValue* State::find(const StateKey& key) const {
  const auto found = committed_.find(key);
  return found == committed_.end() ? nullptr : &found->second;
}

bool State::read_holds(const StateKey& key, const Read& read) const {
  if (updates_.contains(key)) return false;
  const StateValue* value = find(key);
  if (value == nullptr) return !read.version.has_value();
  return read.version == value->version;
}

bool State::reads_hold(const ReadWriteSet& rwset) const {
  return std::ranges::all_of(rwset.namespaces, [&](const NamespaceSet& set) {
    const bool public_reads = std::ranges::all_of(set.reads, [&](const Read& read) {
      return read_holds({set.name, {}, core::as_text(read.key)}, read);
    });
    return public_reads &&
           std::ranges::all_of(set.collections, [&](const CollectionSet& collection) {
             return std::ranges::all_of(collection.reads, [&](const Read& read) {
               return read_holds({set.name, collection.name, core::as_text(read.key)}, read);
             });
           });
  });
}

void State::update(const ReadWriteSet& rwset, Version version) {
  const auto put_all = [&](std::string_view name, std::string_view collection,
                           const std::vector<Write>& writes) {
    for (const Write& write : writes) {
      const ByteView value = write.is_delete ? ByteView{} : write.value;
      updates_.insert_or_assign(StateKey{name, collection, core::as_text(write.key)},
                                StateValue{version, value, write.is_delete});
    }
  };
  for (const NamespaceSet& set : rwset.namespaces) {
    put_all(set.name, {}, set.writes);
    for (const CollectionSet& collection : set.collections)
      put_all(set.name, collection.name, collection.writes);
  }
}

Bytes State::encode_updates() const {
  Bytes result;
  std::optional<std::string_view> last_name;
  std::string_view last_collection;
  for (const auto& [key, value] : updates_) {
    const auto& [name, collection, state_key] = key;
    const bool new_name = last_name != name;
    Bytes write;
    if (new_name) append_field(0x0A, core::as_bytes(name), write);
    if (new_name || last_collection != collection)
      append_field(0x12, core::as_bytes(collection), write);
    append_field(0x1A, core::as_bytes(state_key), write);
    if (value.is_delete) write.insert(write.end(), {0x20, 0x01});
    append_field(0x2A, value.value, write);
    append_field(0x32, encode_version(value.version), write);
    append_field(0x0A, write, result);
    last_name = name;
    last_collection = collection;
  }
  return result;
}

void State::commit() {
  for (const auto& [key, value] : updates_) {
    if (value.is_delete) {
      committed_.erase(key);
    } else {
      committed_.insert_or_assign(key, value);
    }
  }
  updates_.clear();
}

}  // namespace heyan::ledgers::fabric
