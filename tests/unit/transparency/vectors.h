// The third-party vectors of tests/vectors/tlogs, and logs in memory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/core/json.h"
#include "verifier/crypto/signature.h"
#include "verifier/transparency/note_key.h"
#include "verifier/transparency/tree.h"

namespace heyan::transparency::test {

// Of tests/vectors/tlogs. Aborts the test program where the file is missing or empty: a suite
// without its vectors must not pass.
std::string read_file(const std::string& name);
std::vector<core::json::Value> read_json_lines(const std::string& name);
// The lines of cases.jsonl of that type; at least one.
std::vector<core::json::Value> cases(std::string_view type);

// Members that must be there.
std::string text(const core::json::Value& object, std::string_view pointer);
std::uint64_t number(const core::json::Value& object, std::string_view member);  // or its digits
TreeHash hash(const core::json::Value& object, std::string_view member);
std::vector<TreeHash> hashes(const core::json::Value& object, std::string_view member);
TreeHash hash_of_hex(std::string_view digits);

// The keys named in a tlog-policy file: the log's, and of the witnesses those with a supported
// type.
struct Keys {
  std::vector<NoteVerifier> log;
  std::vector<NoteVerifier> witnesses;
};
Keys read_keys(const std::string& policy);

class Checker : public crypto::SignatureChecker {
 public:
  Checker() : SignatureChecker(crypto::production_engines(), {}) {}
};

// A library that is wrong about every digest and accepts every signature.
class WrongHasher final : public crypto::Hasher {
 public:
  void update(core::ByteView) override {}
  core::Bytes finish() override { return core::Bytes(32, 0x55); }
  std::unique_ptr<Hasher> copy() const override { return std::make_unique<WrongHasher>(); }
};

class WrongEngine final : public crypto::Engine {
 public:
  std::string_view name() const override { return "wrong"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash) const override {
    return std::make_unique<WrongHasher>();
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
              core::ByteView) const override {
    return true;
  }
};

// What a log stores.
class MemoryTree : public HashReader {
 public:
  core::Result<TreeHash> subtree(unsigned level, std::uint64_t index) const override;
  void append(const TreeHash& leaf);
  std::uint64_t size() const { return size_; }

 private:
  std::map<std::pair<unsigned, std::uint64_t>, TreeHash> hashes_;
  std::uint64_t size_ = 0;
};

// Reads subtrees out of the tile files below a folder of the vectors, for a log of `size`.
class TileFiles : public HashReader {
 public:
  TileFiles(std::string folder, std::uint64_t size) : folder_(std::move(folder)), size_(size) {}
  core::Result<TreeHash> subtree(unsigned level, std::uint64_t index) const override;

 private:
  std::string folder_;
  std::uint64_t size_;
};

// A log of any size whose entries are all alike.
class EqualLeaves : public HashReader {
 public:
  explicit EqualLeaves(std::string_view entry);
  core::Result<TreeHash> subtree(unsigned level, std::uint64_t index) const override;

 private:
  std::vector<TreeHash> levels_;
};

}  // namespace heyan::transparency::test
