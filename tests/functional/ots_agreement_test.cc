// The reference implementation (Debian's python3-opentimestamps) and `heyan verify` on the same
// files.
#include <algorithm>
#include <set>

#include "tests/functional/ots_court.h"

namespace heyan::functional {
namespace {

// Every file by both programs.
class Agreement {
 public:
  void add(const std::string& path) { paths_.push_back(path); }
  void add_made(const std::string& name, std::string_view bytes) {
    write_file(court_.folder() / name, bytes);
    paths_.push_back(court_.folder() / name);
  }

  std::map<std::string, std::set<std::string>> by_reference() const {
    std::vector<std::string> words = {HEYAN_SOURCE "/tests/functional/ots_reference.py",
                                      court_.headers()};
    words.insert(words.end(), paths_.begin(), paths_.end());
    const Outcome outcome = run({.arguments = words, .environment = {}, .folder = {}, .input = {}});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    std::map<std::string, std::set<std::string>> all;
    const Json told = Json::parse(outcome.out, nullptr, false);
    for (const auto& [path, found] : told.items())
      all[path] = found.is_array() ? found.get<std::set<std::string>>()
                                   : std::set<std::string>{found.get<std::string>()};
    return all;
  }

  // One case, an item a file.
  std::map<std::string, std::set<std::string>> by_us() const {
    SampleCase sample;
    Json& evidence = sample.document["evidence"];
    const Json first = evidence[0];
    evidence = Json::array();
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const std::string file = "files/" + std::to_string(i);
      Json item = {{"id", "T" + std::to_string(i)}, {"file", {{"path", file}}}};
      const std::string proof = "proofs/" + std::to_string(i) + ".ots";
      item["proofs"] = {{{"path", proof}, {"format", "opentimestamps"}}};
      evidence.push_back(item);
      (void)sample.write(proof, read_file(paths_[i]));
      (void)sample.write(file, stamped_by(paths_[i]));
    }
    sample.save();
    const Outcome outcome = court_.verify(sample.path());
    const Json report = Json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(report.is_object()) << outcome.err;
    std::map<std::string, std::set<std::string>> all;
    for (std::size_t i = 0; i < paths_.size(); ++i)
      all[paths_[i]] = told(item_of(report, "T" + std::to_string(i))["attestations"][0]);
    return all;
  }

 private:
  // What lies beside the proof: the stamped file, as a rule.
  static std::string stamped_by(const std::string& proof) {
    std::filesystem::path path = proof;
    if (path.extension() != ".ots" || !exists(path.replace_extension())) return "anything";
    return read_file(path);
  }
  static std::set<std::string> told(const Json& attestation) {
    const Json& reasons = attestation["ledgerReasons"];
    if (std::ranges::find(reasons, Json("PARSE")) != reasons.end()) return {"malformed"};
    std::set<std::string> all;
    const auto add_all = [&](const char* name, const std::string& prefix, std::string_view ending) {
      if (!attestation.contains("declared") || !attestation["declared"].contains(name)) return;
      std::string text = attestation["declared"][name].get<std::string>() + ", ";
      for (std::size_t at = 0; (at = text.find(", ")) != std::string::npos; text.erase(0, at + 2)) {
        std::string one = prefix + text.substr(0, at);
        if (one.ends_with(ending)) one.resize(one.size() - ending.size());
        all.insert(one);
      }
    };
    add_all("calendar", "pending ", "");
    add_all("attestation", "", " unsupported");
    if (attestation["position"].contains("block"))
      all.insert("bitcoin " + attestation["position"]["block"].dump() + " valid");
    return all;
  }

  Court court_;
  std::vector<std::string> paths_;
};

TEST(Agreement, OnEveryFileOfTheVectors) {
  Agreement agreement;
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kTimestamps + "ots")) {
    if (entry.path().extension() != ".ots") continue;
    agreement.add(entry.path().string());
    ++count;
  }
  EXPECT_EQ(count, 40u);
  EXPECT_EQ(agreement.by_us(), agreement.by_reference());
}

std::string repeated(std::string_view hex, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += hex;
  return text;
}

std::string made(const std::string& rest) {
  return bytes_of(std::string(kMagic) + "08" + repeated("11", 32) + rest);
}

constexpr const char* kPendingA = "0083dfe30d2ef90c8e020161";
constexpr const char* kPendingB = "0083dfe30d2ef90c8e020162";

TEST(Agreement, OnFilesAtEachLimit) {
  const std::string a = kPendingA;
  const std::string b = kPendingB;
  const std::map<std::string, std::string> files = {
      {"fork", made("ff" + a + b)},
      {"fork-fork", made("ffff" + a + b)},
      {"nested", made("ff08ff08" + a + "f00101" + b + a)},
      {"depth-255", made(repeated("08", 255) + a)},
      {"depth-256", made(repeated("08", 256) + a)},
      {"depth-100000", made(repeated("08", 100'000) + a)},
      {"result-4096", made("f0e01f" + repeated("61", 4064) + a)},
      {"result-4097", made("f0e11f" + repeated("61", 4065) + a)},
      {"prepend-empty", made("f100" + a)},
      {"hexlify-2048", made("f0e00f" + repeated("61", 2016) + "f3" + a)},
      {"hexlify-2049", made("f0e10f" + repeated("61", 2017) + "f3" + a)},
      {"reverse", made("f2" + a)},
      {"digests", made("02030867" + a)},
      {"uri-1000", made("0083dfe30d2ef90c8eea07e807" + repeated("61", 1000))},
      {"uri-1001", made("0083dfe30d2ef90c8eeb07e907" + repeated("61", 1001))},
      {"uri-empty", made("0083dfe30d2ef90c8e0100")},
      {"uri-space", made("0083dfe30d2ef90c8e020120")},
      {"payload-8192", made("0001020304050607088040" + repeated("00", 8192))},
      {"payload-8193", made("0001020304050607088140" + repeated("00", 8193))},
      {"payload-behind-uri", made("0083dfe30d2ef90c8e03016161")},
      {"payload-behind-height", made("0030fe8087b5c7ead7020100")},
      {"padded-height", made("000588960d73d7190103818000")},
      {"height-2-40", made("000588960d73d7190106808080808020")},
      {"litecoin", made("0006869a0d73d71b450107")},
      {"sha-1", bytes_of(std::string(kMagic) + "02" + repeated("11", 20) + a)},
      {"ripemd-160", bytes_of(std::string(kMagic) + "03" + repeated("11", 20) + a)},
      {"keccak-256", bytes_of(std::string(kMagic) + "67" + repeated("11", 32) + a)},
      {"no-digest", bytes_of(std::string(kMagic) + "f0" + repeated("11", 32) + a)},
      {"empty", ""},
  };
  Agreement agreement;
  for (const auto& [name, bytes] : files) agreement.add_made(name, bytes);
  EXPECT_EQ(agreement.by_us(), agreement.by_reference());
}

// Those of docs/opentimestamps.md; what each makes of them is said here.
TEST(Agreement, ButForTheDifferencesThatAreDocumented) {
  const std::string a = kPendingA;
  const std::string magic(kMagic.substr(0, kMagic.size() - 2));
  struct Difference {
    std::string bytes;
    std::set<std::string> ours;
    std::set<std::string> theirs;
  };
  std::string many;
  for (int i = 0; i < 1024; ++i) many += "ff" + a;
  std::string work = "f0e01f" + repeated("61", 4064);
  for (int i = 0; i < 20; ++i) work += "ff" + repeated("f2", 250) + a;
  const std::map<std::string, Difference> files = {
      {"same-operation-twice",
       {made("ff08" + a + "08" + kPendingB), {"pending a", "pending b"}, {"pending b"}}},
      {"padded-version",
       {bytes_of(magic + "810008" + repeated("11", 32) + a), {"malformed"}, {"pending a"}}},
      {"long-number",
       {made("000588960d73d719010b8180808080808080808000"),
        {"malformed"},
        {"bitcoin 1 header-unknown"}}},
      {"large-number",
       {made("000588960d73d719010a80808080808080808002"),
        {"malformed"},
        {"bitcoin 18446744073709551616 header-unknown"}}},
      {"many-attestations", {made(many + a), {"malformed"}, {"pending a"}}},
      {"much-work", {made(work + a), {"malformed"}, {"pending a"}}},
      {"large-file",
       {made(repeated("ff000102030405060708"
                      "8040" +
                          repeated("00", 8192),
                      130) +
             a),
        {"malformed"},
        {"pending a", "unknown 0102030405060708"}}},
  };
  Agreement agreement;
  for (const auto& [name, one] : files) agreement.add_made(name, one.bytes);
  const auto named = [](const std::map<std::string, std::set<std::string>>& found) {
    std::map<std::string, std::set<std::string>> by_name;
    for (const auto& [path, all] : found)
      by_name[std::filesystem::path(path).filename().string()] = all;
    return by_name;
  };
  const auto ours = named(agreement.by_us());
  const auto theirs = named(agreement.by_reference());
  for (const auto& [name, one] : files) {
    EXPECT_EQ(ours.at(name), one.ours) << name;
    EXPECT_EQ(theirs.at(name), one.theirs) << name;
  }
}

}  // namespace
}  // namespace heyan::functional
