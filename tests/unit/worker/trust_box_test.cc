// What the box says of a trust list that is not in force: the sample, and what is made of it.
#include "gateway/worker/trust_box.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ranges>

#include "tests/unit/contents/zip_builder.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::worker {
namespace {

using contents::testing::build_zip;
using contents::testing::Part;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kTrust = std::string(HEYAN_SOURCE) + "/gateway/sample/trust";

class TrustBoxTest : public ::testing::Test {
 protected:
  TrustBoxTest() : in_force_(*intake::load_trust(kTrust / "trust.toml")) {
    for (const v1::SourceFile& file : in_force_.files)
      files_.push_back({file.path(), file.content()});
  }

  std::string& document() { return files_.front().second; }
  void replace(std::string_view from, std::string_view to) {
    const std::size_t at = document().find(from);
    ASSERT_NE(at, std::string::npos) << from;
    document().replace(at, from.size(), to);
  }
  core::Bytes archive(const std::string& beneath = {}) const {
    std::vector<Part> parts;
    for (const auto& [path, content] : files_) {
      parts.push_back({.name = beneath + path, .content = content});
    }
    return build_zip(parts);
  }
  v1::BoxAnswer compare(core::ByteView given) const { return compare_trust(in_force_, given); }
  // "pointer detail" of each defect.
  std::vector<std::string> defects(core::ByteView given) const {
    const v1::BoxAnswer answer = compare(given);
    EXPECT_TRUE(answer.has_defects());
    std::vector<std::string> all;
    for (const v1::DefectEntry& one : answer.defects().defects()) {
      all.push_back(one.pointer() + " " + one.detail());
    }
    return all;
  }

  const intake::LoadedTrust in_force_;
  std::vector<std::pair<std::string, std::string>> files_;  // the document first
};

TEST_F(TrustBoxTest, ShowsTheListInForce) {
  const v1::BoxAnswer answer = show_trust(in_force_);
  ASSERT_TRUE(answer.has_trust());
  EXPECT_EQ(answer.trust().id(), "sample");
  EXPECT_EQ(answer.trust().digest(), core::to_string(in_force_.list.digest));
  const auto has_end = [](const v1::TrustEntry& entry) {
    return entry.kind() == "ca" && std::ranges::any_of(entry.facts(), [](const auto& fact) {
             return fact.name() == "validUntil";
           });
  };
  const auto cas = [](const trust::Institution& one) { return one.cas.size(); };
  std::size_t all = 0;
  for (const std::size_t some : in_force_.list.institutions | std::views::transform(cas)) {
    all += some;
  }
  EXPECT_GT(all, 0u);
  EXPECT_EQ(std::ranges::count_if(answer.trust().entries(), has_end), all);
}

TEST_F(TrustBoxTest, FindsTheSameListUnchangedInAnArchiveAndBeneathItsFolder) {
  for (const char* beneath : {"", "trust/"}) {
    const v1::BoxAnswer answer = compare(archive(beneath));
    ASSERT_TRUE(answer.has_trust_comparison()) << answer.DebugString();
    EXPECT_THAT(answer.trust_comparison().changes(), IsEmpty());
    EXPECT_EQ(answer.trust_comparison().proposed().digest(),
              answer.trust_comparison().in_force().digest());
    EXPECT_THAT(answer.trust_comparison().in_force().entries(), IsEmpty());
  }
}

TEST_F(TrustBoxTest, PassesOverWhatTheFinderAdds) {
  files_.emplace_back("trust.toml.bak", "x");
  std::vector<Part> parts;
  for (const auto& [path, content] : files_)
    parts.push_back({.name = "t/" + path, .content = content});
  parts.push_back({.name = "__MACOSX/t/._trust.toml", .content = "x"});
  EXPECT_TRUE(compare(build_zip(parts)).has_trust_comparison());
}

TEST_F(TrustBoxTest, TellsWhatANewVersionChanges) {
  replace("version = 1", "version = 2");
  replace("at_least = 3", "at_least = 2");
  const v1::BoxAnswer answer = compare(archive());
  ASSERT_TRUE(answer.has_trust_comparison());
  const v1::TrustComparison& comparison = answer.trust_comparison();
  EXPECT_EQ(comparison.in_force().version(), 1);
  EXPECT_EQ(comparison.proposed().version(), 2);
  ASSERT_THAT(comparison.changes(), SizeIs(1));
  EXPECT_EQ(comparison.changes(0).id(), "three-of-four");
  EXPECT_EQ(comparison.changes(0).change(), v1::TRUST_CHANGE_CHANGED);
}

TEST_F(TrustBoxTest, TakesADocumentAloneThatNamesNoFile) {
  const std::string alone =
      "[list]\nid = \"sample\"\nversion = 2\nissued = 2026-12-01\nnext_update = 2027-12-01\n";
  const v1::BoxAnswer answer = compare(core::as_bytes(alone));
  ASSERT_TRUE(answer.has_trust_comparison()) << answer.DebugString();
  EXPECT_THAT(
      answer.trust_comparison().changes(),
      ::testing::Each(::testing::Property(&v1::TrustChange::change, v1::TRUST_CHANGE_REMOVED)));
  EXPECT_FALSE(answer.trust_comparison().changes().empty());
}

TEST_F(TrustBoxTest, SaysWhichFilesDidNotComeAlong) {
  const auto found = defects(core::as_bytes(document()));
  EXPECT_THAT(found, SizeIs(::testing::Ge(4u)));
  EXPECT_THAT(found.front(), HasSubstr("court_ca.pem"));
}

TEST_F(TrustBoxTest, NamesAllDefectsWithTheirLines) {
  replace("kind = \"court\"", "kind = \"curt\"");
  replace("version = 1", "version = 0\nunknown = 1");
  const auto found = defects(archive());
  EXPECT_THAT(found, SizeIs(3));
  for (const std::string& one : found) EXPECT_THAT(one, ::testing::StartsWith("trust.toml:"));
}

TEST_F(TrustBoxTest, RefusesWhatIsNoTrustList) {
  EXPECT_THAT(defects(core::as_bytes("")), SizeIs(::testing::Ge(1u)));
  EXPECT_THAT(defects(core::as_bytes("\xff\xfe")), SizeIs(1));
  EXPECT_THAT(defects(core::as_bytes("PK")), SizeIs(1));
  core::Bytes cut = archive();
  cut.resize(cut.size() / 2);
  EXPECT_THAT(defects(cut), SizeIs(1));
  core::Bytes more = archive();
  more.push_back('x');
  EXPECT_THAT(defects(more), SizeIs(1));
}

TEST_F(TrustBoxTest, RefusesAnArchiveWithoutOneDocument) {
  EXPECT_THAT(defects(build_zip({{.name = "a.pem", .content = "x"}})),
              ElementsAre(HasSubstr("no TOML file")));
  EXPECT_THAT(defects(build_zip({{.name = "a/trust.toml", .content = "x"},
                                 {.name = "b/other.pem", .content = "x"}})),
              ElementsAre(HasSubstr("no TOML file")));
  EXPECT_THAT(
      defects(build_zip({{.name = "a.toml", .content = "x"}, {.name = "b.toml", .content = "x"}})),
      ElementsAre(HasSubstr("several")));
  EXPECT_THAT(defects(build_zip({{.name = "../trust.toml", .content = "x"}})), SizeIs(1));
}

TEST_F(TrustBoxTest, OfSeveralDocumentsMeansTheOneOfTheNameInForce) {
  files_.emplace_back("policy.toml", "x");
  EXPECT_TRUE(compare(archive()).has_trust_comparison());
}

TEST_F(TrustBoxTest, RefusesWhatInflatesToMoreThanAListMayHave) {
  std::vector<Part> parts;
  for (const auto& [path, content] : files_) parts.push_back({.name = path, .content = content});
  // So that it is no archive that holds far more than it stores.
  parts.push_back({.name = "ballast.bin", .content = std::string(500'000, 'x')});
  parts.push_back(contents::testing::deflated("bomb.bin", 65u << 20));
  EXPECT_THAT(defects(build_zip(parts)), SizeIs(1));
}

}  // namespace
}  // namespace heyan::worker
