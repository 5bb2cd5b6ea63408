// A case of any records: a log made for the test holds them, and four witnesses whom the sample's
// trust list knows have signed it.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "tests/functional/sample_case.h"
#include "tests/unit/tlog/court_log.h"

namespace heyan::functional {

// What was recorded, and the file that was handed in for it.
struct Filed {
  std::map<std::string, std::string> digests;  // "sha256", "sm3" -> hex
  std::string name;
  std::string bytes;
};

class LoggedCase {
 public:
  explicit LoggedCase(const std::vector<Filed>& items) {
    const Json sample = sample_.item("E9");
    sample_.document["evidence"] = Json::array();
    std::vector<std::string> entries;
    for (const Filed& filed : items) {
      Json entry = {{"who", "Zhang San (litigant)"}, {"when", "2026-11-22T10:02:00Z"}};
      for (const auto& [algorithm, hex] : filed.digests) entry[algorithm] = hex;
      entries.push_back(entry.dump());
      log_.append(core::as_bytes(entries.back()));
    }
    for (std::size_t i = 0; i < items.size(); ++i) add_item(sample, i, items[i], entries[i]);
    sample_.save();
    write_trust();
  }

  // Of every item, once all were judged.
  std::vector<Json> judged(int status) const {
    const Outcome outcome = heyan({"verify", sample_.path(), "--trust", trust_ / "list/trust.toml",
                                   "--at", std::string(kAt), "--format", "json"});
    EXPECT_EQ(outcome.status, status) << outcome.err;
    const Json report = Json::parse(outcome.out, nullptr, false);
    std::vector<Json> items;
    for (std::size_t i = 0; i < sample_.document["evidence"].size(); ++i) {
      items.push_back(item_of(report, id_of(i)));
    }
    return items;
  }

 private:
  static constexpr std::uint64_t kSigned = 1'795'341'900;  // 2026-11-22T10:05:00Z
  static std::string id_of(std::size_t number) { return "E" + std::to_string(number + 1); }

  void add_item(const Json& sample, std::size_t number, const Filed& filed,
                const std::string& entry) {
    const std::string place = "proofs/" + id_of(number);
    Json item = sample;
    item["id"] = id_of(number);
    item["file"] = {{"path", "files/" + filed.name}};
    item["record"]["id"] = std::to_string(number);
    item["proofs"][0]["path"] = place + ".tlog-proof";
    item["proofs"][0]["hints"]["record"] = place + ".json";
    sample_.document["evidence"].push_back(item);
    (void)sample_.write("files/" + filed.name, filed.bytes);
    (void)sample_.write(place + ".json", entry);
    (void)sample_.write(
        place + ".tlog-proof",
        log_.proof(number, {{0, kSigned}, {1, kSigned}, {2, kSigned}, {3, kSigned}}));
  }
  void write_trust() const {
    std::filesystem::copy(sample_folder() + "/trust", trust_ / "list",
                          std::filesystem::copy_options::recursive);
    std::string text = read_file(sample_trust());
    constexpr std::array kNames = {"court", "notary", "copyright", "forensic"};
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      const std::string name = std::string(kNames.at(i)) + ".sample.example/witness";
      const std::size_t at = text.find('"' + name + '"');
      ASSERT_NE(at, std::string::npos) << name;
      text.replace(at + 1, name.size(), test::CourtLog::witness_name(i));
    }
    write_file(trust_ / "list/trust.toml", text);
    write_file(trust_ / "list/tlog/policy.txt",
               log_.policy("group watchers 3 w0 w1 w2 w3\nquorum watchers\n"));
  }

  SampleCase sample_;
  TemporaryFolder trust_;
  test::CourtLog log_ = test::CourtLog("causes.example/2026", 4);
};

}  // namespace heyan::functional
