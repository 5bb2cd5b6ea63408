// What a bundle holds, and that nothing else opens.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/bundle/fixture.h"
#include "tests/unit/contents/zip_builder.h"

namespace heyan::bundle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Names = std::vector<std::string>;

class Bundles : public BundleTest {
 protected:
  static Names names_in(const std::string& file) {
    Names names;
    for (const auto& [name, content] : files_in(file)) names.push_back(name);
    return names;
  }
  // "kind entry" of the fault with which these files do not open; "opens".
  static std::string fault(const std::string& file) {
    const auto result = opened(file);
    if (result) return "opens";
    constexpr std::array kKinds = {"archive", "missing", "unknown", "content"};
    return std::string(kKinds.at(static_cast<std::size_t>(result.error().kind))) +
           (result.error().entry.empty() ? "" : " " + result.error().entry);
  }
  static std::string fault(const Files& files) { return fault(zipped(files)); }
  Files changed(const std::string& name, const std::function<void(std::string&)>& change) const {
    Files files = files_in(file_);
    const auto found = std::ranges::find(files, name, &Files::value_type::first);
    EXPECT_NE(found, files.end()) << name;
    change(found->second);
    return files;
  }
  // The same files in an archive with any headers.
  std::string rebuilt(
      const std::function<void(std::vector<contents::testing::Part>&)>& change) const {
    std::vector<contents::testing::Part> parts;
    for (const auto& [name, content] : files_in(file_)) {
      parts.push_back({.name = name, .content = content});
    }
    change(parts);
    return core::to_string(contents::testing::build_zip(parts));
  }
};

TEST_F(Bundles, HoldsTheReportAndAllThatItRestsOn) {
  EXPECT_THAT(names_in(file_), ElementsAre("README.txt", "case.hcr", "log-proof.txt",
                                           "manifest.json", "policy/policy.toml", "report.json",
                                           "report.jws", "trust-list/trust.toml"));
  const auto result = opened(file_);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->bundle.payload, bundle_.payload);
  EXPECT_EQ(result->bundle.envelope, bundle_.envelope);
  EXPECT_EQ(result->bundle.record, bundle_.record);
  EXPECT_EQ(encoded(result->record), bundle_.record);
}

TEST_F(Bundles, TheSamePartsGiveTheSameBytes) { EXPECT_EQ(written(bundle_), file_); }

TEST_F(Bundles, OneThatNobodySignedSaysSo) {
  Bundle bundle = bundle_;
  bundle.envelope.clear();
  const std::string file = written(bundle);
  EXPECT_THAT(names_in(file),
              ElementsAre("README.txt", "case.hcr", "manifest.json", "policy/policy.toml",
                          "report.json", "trust-list/trust.toml"));
  const Files files = files_in(file);
  EXPECT_THAT(files[0].second, HasSubstr("Nobody signed this"));
  EXPECT_THAT(files[0].second, HasSubstr("本包未签名"));
  EXPECT_THAT(files[2].second, HasSubstr("\"signed\":false"));
  EXPECT_EQ(fault(file), "opens");
  // Taking the signatures off is noticed by whoever looks for them, and not hidden by the read-me.
  EXPECT_THAT(files_in(file_)[0].second, Not(HasSubstr("Nobody signed this")));
}

TEST_F(Bundles, TheReadMeNamesWhatIsThere) {
  Bundle bundle = bundle_;
  bundle.envelope = *report::sign_report(core::as_bytes(bundle.payload), signers_, time_);
  const Files files = files_in(written(bundle));
  EXPECT_THAT(files[0].second, Not(HasSubstr("log-proof.txt")));
  EXPECT_THAT(files_in(file_)[0].second, HasSubstr("log-proof.txt"));
  for (const auto& [name, content] : files) {
    if (name.find('/') != std::string::npos || name == "README.txt") continue;
    EXPECT_THAT(files[0].second, HasSubstr("  " + name + "  "));
  }
}

// Its words are a part of the format: with others, bundles that were given out would not open.
TEST_F(Bundles, TheReadMeIsThatOfItsVersion) {
  Bundle bundle = bundle_;
  bundle.pdf = "%PDF-1.7";
  bundle.xml = "<?xml";
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(files_in(written(bundle))[0].second))),
            "db437d097ab788b49dfb4950e884078e5f5ee7b73c29c0569ba69a80644607a1");
  bundle.envelope.clear();
  bundle.pdf.clear();
  bundle.xml.clear();
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(files_in(written(bundle))[0].second))),
            "f65921e08e2bdb738dda0ec968b91c2af191de9c5bd2fa1065f9a3a73ea99648");
}

TEST_F(Bundles, AnyChangedByteIsNoticed) {
  for (std::size_t i = 0; i < file_.size(); ++i) {
    std::string changed = file_;
    changed[i] = static_cast<char>(changed[i] ^ (1 << i % 8));
    EXPECT_FALSE(opened(changed).has_value()) << i;
  }
}

TEST_F(Bundles, AnyCutAndAnyAddedByteIsNoticed) {
  for (std::size_t length = 0; length < file_.size(); ++length) {
    EXPECT_FALSE(opened(std::string_view(file_).substr(0, length)).has_value()) << length;
  }
  for (const char added : {'\0', '\n', 'P'}) {
    EXPECT_FALSE(opened(file_ + added).has_value());
    EXPECT_FALSE(opened(added + file_).has_value());
  }
  EXPECT_FALSE(opened(file_ + file_).has_value());
}

TEST_F(Bundles, EveryFileIsNeededAndNoOtherIs) {
  const Files files = files_in(file_);
  for (std::size_t i = 0; i < files.size(); ++i) {
    Files fewer = files;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(fault(fewer), "opens") << files[i].first;
  }
  Files more = files;
  more.emplace_back("zzz.txt", "x");
  EXPECT_EQ(fault(more), "unknown zzz.txt");
  more.back() = {"trust-list/zzz.pem", "x"};
  EXPECT_EQ(fault(more), "unknown trust-list/zzz.pem");
  more = files;
  more.insert(more.begin() + 6, {"report.jsonx", ""});
  EXPECT_EQ(fault(more), "unknown report.jsonx");
  more = files;
  more.emplace_back("report.pdf", "");  // nothing is no content
  std::ranges::sort(more);
  EXPECT_EQ(fault(more), "unknown report.pdf");
}

TEST_F(Bundles, AFaultNamesItsFile) {
  const auto bit = [](std::string& content) {
    content.back() = static_cast<char>(content.back() ^ 1);
  };
  for (const char* name : {"README.txt", "case.hcr", "log-proof.txt", "policy/policy.toml",
                           "report.json", "trust-list/trust.toml", "manifest.json"}) {
    EXPECT_EQ(fault(changed(name, bit)), std::string("content ") + name);
  }
  EXPECT_EQ(fault(changed("manifest.json", [](std::string& text) { text = "[]"; })),
            "content manifest.json");
  EXPECT_EQ(fault(changed("manifest.json",
                          [&](std::string& text) {
                            const std::string digest =
                                core::to_hex(crypto::sha256(core::as_bytes(bundle_.payload)));
                            text.replace(text.find(digest), 2, "zz");
                          })),
            "content report.json");
  EXPECT_EQ(fault(changed("case.hcr", [](std::string& text) { text = "HEYANHCR"; })),
            "content case.hcr");
}

TEST_F(Bundles, TheOrderOfTheFilesIsOne) {
  Files files = files_in(file_);
  std::swap(files[4], files[5]);
  EXPECT_EQ(fault(files), "archive");
}

TEST_F(Bundles, OtherArchivesOfTheSameFilesDoNotOpen) {
  using Parts = std::vector<contents::testing::Part>;
  EXPECT_EQ(fault(rebuilt([](Parts&) {})), "archive");  // an honest archive by another program
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts.push_back(parts.back()); })),
            "archive trust-list/trust.toml");
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts[5].flags |= 1; })), "archive report.json");
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts[5].name = "../report.json"; })),
            "archive ../report.json");
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts[5].attributes = 0120777u << 16; })),
            "archive report.json");
  // Nothing is ever inflated: a bomb is refused like one byte.
  for (const std::uint64_t size : {9, 10'000'000}) {
    EXPECT_THAT(fault(rebuilt([&](Parts& parts) {
                  parts.push_back(contents::testing::deflated("zzz", size));
                })),
                testing::StartsWith("archive"));
  }
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts.push_back({.name = "empty/"}); })),
            "archive empty/");
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts[0].comment = "x"; })), "archive");
  EXPECT_EQ(fault(rebuilt([](Parts& parts) { parts[0].local_name = "README.TXT"; })), "archive");
}

TEST_F(Bundles, WhatIsNoRecordIsNotPacked) {
  Bundle bundle = bundle_;
  bundle.record = "x";
  EXPECT_FALSE(write(bundle).has_value());
  v1::RecordFile record = record_;
  record.mutable_trust_list(0)->set_path("../trust.toml");
  bundle.record = encoded(record);
  EXPECT_FALSE(write(bundle).has_value());
}

}  // namespace
}  // namespace heyan::bundle
