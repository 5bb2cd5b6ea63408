#include "verifier/contents/encodings.h"

#include <algorithm>
#include <array>

namespace heyan::contents {
namespace {

using crypto::Hash;

constexpr std::array kAllHashes = {Hash::kSha256, Hash::kSm3,    Hash::kSha3_256, Hash::kKeccak256,
                                   Hash::kSha384, Hash::kSha512, Hash::kSha1,     Hash::kMd5};
constexpr std::size_t kBase64Group = 3;

// Chunks of any length as groups of three.
class Base64 {
 public:
  explicit Base64(std::span<const Hash> hashes) : digesting_(hashes) {}
  void take(core::ByteView chunk) {
    core::Bytes bytes = std::move(rest_);
    bytes.insert(bytes.end(), chunk.begin(), chunk.end());
    const std::size_t whole = bytes.size() - bytes.size() % kBase64Group;
    put(core::ByteView(bytes).first(whole));
    rest_.assign(bytes.begin() + static_cast<std::ptrdiff_t>(whole), bytes.end());
  }
  void finish(Candidates& candidates) {
    put(rest_);
    candidates.add({.changes = {v1::CHANGE_AS_BASE64}, .number = 0, .size = size_},
                   digesting_.so_far());
  }

 private:
  void put(core::ByteView bytes) {
    const std::string text = core::to_base64(bytes);
    digesting_.update(core::as_bytes(text));
    size_ += text.size();
  }
  Digesting digesting_;
  core::Bytes rest_;
  std::uint64_t size_ = 0;
};

std::string to_upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

core::Result<void> add_other_algorithms(const ByteSource& source, Candidates& candidates) {
  std::vector<Hash> others;
  for (const Hash hash : kAllHashes) {
    const bool fits = std::ranges::any_of(candidates.hashes(), [&](Hash recorded) {
      return recorded != hash && crypto::digest_bytes(recorded) == crypto::digest_bytes(hash);
    });
    if (fits) others.push_back(hash);
  }
  if (others.empty() || !candidates.spend(source.size(), others.size())) return {};
  Digesting digesting(others);
  HEYAN_CHECK_OK(
      read_range(source, 0, source.size(), [&](core::ByteView chunk) { digesting.update(chunk); }));
  candidates.add({.changes = {}, .number = 0, .size = source.size()}, digesting.so_far());
  return {};
}

core::Result<void> add_encodings(const ByteSource& source, Candidates& candidates) {
  // A byte becomes two characters twice, and one and a third once: six at most.
  if (!candidates.spend(source.size(), 6 * candidates.hashes().size())) return {};
  Base64 base64(candidates.hashes());
  Digesting lower(candidates.hashes());
  Digesting upper(candidates.hashes());
  HEYAN_CHECK_OK(read_range(source, 0, source.size(), [&](core::ByteView chunk) {
    base64.take(chunk);
    const std::string hex = core::to_hex(chunk);
    lower.update(core::as_bytes(hex));
    upper.update(core::as_bytes(to_upper(hex)));
  }));
  base64.finish(candidates);
  const std::uint64_t size = 2 * source.size();
  candidates.add({.changes = {v1::CHANGE_AS_HEX_LOWER}, .number = 0, .size = size}, lower.so_far());
  candidates.add({.changes = {v1::CHANGE_AS_HEX_UPPER}, .number = 0, .size = size}, upper.so_far());
  return {};
}

}  // namespace heyan::contents
