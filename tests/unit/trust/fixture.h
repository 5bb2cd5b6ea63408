// A small trust list as text, its files in memory, and a ledger format made for tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "verifier/trust/trust_list.h"

namespace heyan::trust::testing {

inline core::Bytes vector_file(const std::string& path) {
  std::ifstream in(HEYAN_VECTORS "/trust/" + path, std::ios::binary);
  return core::to_bytes(std::string(std::istreambuf_iterator<char>(in), {}));
}

// The base64 body of a PEM file with one block.
inline std::string pem_body(const std::string& path) {
  const core::Bytes content = vector_file(path);
  std::string body;
  std::string line;
  for (const char c : core::as_text(content)) {
    if (c != '\n') {
      line += c;
      continue;
    }
    if (!line.starts_with("-----")) body += line;
    line.clear();
  }
  return body;
}

struct DemoConfig : LedgerConfig {
  std::string channel;
  std::vector<std::pair<std::string, std::string>> members;
  std::vector<core::Bytes> blocks;
  std::string quorum_seen;
};

// Reads [ledger.demo]: channel (required), blocks (files), member (a table of any keys), node (a
// list of tables).
class DemoSetup : public LedgerSetup {
 public:
  std::string_view format() const override { return "demo"; }
  std::shared_ptr<const LedgerConfig> configure(Table& table, const LedgerEntry& entry,
                                                const TrustList& list) const override {
    auto config = std::make_shared<DemoConfig>();
    const auto channel = table.required_text("channel");
    if (!channel) return nullptr;  // stops early: the rest was not asked for
    config->channel = *channel;
    config->quorum_seen = entry.quorum;
    for (const std::string& path : table.texts("blocks")) {
      const auto block = table.read_file("blocks", path);
      if (!block) return nullptr;
      config->blocks.push_back(*block);
    }
    if (auto members = table.table("member")) {
      for (const std::string& key : members->keys()) {
        const auto institution = members->text(key);
        if (!institution) return nullptr;
        if (list.institution(*institution) == nullptr) {
          members->defect(key, "'" + *institution + "' is no institution of this list");
          return nullptr;
        }
        config->members.emplace_back(key, *institution);
      }
    }
    for (Table& node : table.tables("node")) node.required_text("id");
    return config;
  }
};

// Line numbers in the tests are those of this text.
inline const std::string kList = R"([list]
id = "test"
version = 3
issued = 2026-11-01T00:00:00Z
next_update = 2027-05-01T08:00:00+08:00

[[institution]]
id = "court"
kind = "court"
name = { zh = "法院", en = "Court" }
linked_parties = ["91110108551385082Q", "某公司"]
  [[institution.key]]
  id = "2025"
  algorithm = "ed25519"
  file = "keys/ed25519.pem"
  valid_from = 2025-01-01T00:00:00Z
  valid_until = 2028-01-01T00:00:00Z
  [[institution.ca]]
  file = "ca/court-root.pem"
  crl = ["ca/court.crl"]

[[institution]]
id = "notary"
kind = "notary"
name = { zh = "公证处" }

[[institution]]
id = "platform"
kind = "platform"

[[quorum]]
id = "two-of-three"
at_least = 2
of = ["court", "notary", "platform"]
must_include_kinds = ["court"]

[[ledger]]
id = "main"
format = "demo"
quorum = "two-of-three"
  [ledger.record]
  digest = { "sha-256" = "/what/sha256", "sm3" = "/what/sm3" }
  who = "/who/party"
  [ledger.demo]
  channel = "evidence"
  blocks = ["blocks/0.pb"]
    [ledger.demo.member]
    CourtMSP = "court"
    ANotaryMSP = "notary"

[[tsa]]
institution = "court"
policies = ["1.2.3.4"]
class = "licensed-ca"
accepted_from = 2020-01-01
)";

class TrustTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* path : {"keys/ed25519.pem", "keys/ed25519-b.pem", "keys/ecdsa-p256.pem",
                             "keys/ecdsa-p384.pem", "keys/secp256k1.pem", "keys/rsa.pem",
                             "keys/sm2.pem", "ca/court-root.pem", "ca/notary-root.pem",
                             "ca/two.pem", "ca/not-a-ca.pem", "ca/court.crl", "ca/court.crl.der"}) {
      files_[path] = vector_file(path);
    }
    files_["blocks/0.pb"] = core::to_bytes(std::string_view("block"));
    set(kList);
  }

  void set(std::string_view text) { files_["list.toml"] = core::to_bytes(text); }
  void replace(std::string_view from, std::string_view to) {
    std::string text = core::to_string(files_["list.toml"]);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    set(text.replace(at, from.size(), to));
  }
  void append(std::string_view more) {
    set(core::to_string(files_["list.toml"]) + std::string(more));
  }

  std::expected<TrustList, std::vector<ConfigError>> parse() {
    asked_.clear();
    const FileReader reader = [this](std::string_view path) -> core::Result<core::Bytes> {
      asked_.emplace_back(path);
      const auto found = files_.find(std::string(path));
      if (found == files_.end()) return core::fail(core::ErrorCode::kNotFound, "no such file");
      return found->second;
    };
    const LedgerSetup* formats[] = {&demo_};
    return parse_trust_list("list.toml", reader, formats);
  }

  // Every defect as a person reads it; empty where the list is in order.
  std::vector<std::string> defects() {
    const auto result = parse();
    std::vector<std::string> all;
    if (result) return all;
    EXPECT_FALSE(result.error().empty());
    for (const ConfigError& error : result.error()) all.push_back(to_string(error));
    return all;
  }

  DemoSetup demo_;
  std::map<std::string, core::Bytes> files_;
  std::vector<std::string> asked_;  // paths, each time the reader was called
};

}  // namespace heyan::trust::testing
