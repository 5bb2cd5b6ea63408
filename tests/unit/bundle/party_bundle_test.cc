// A party's copy of a bundle: what it holds, that nothing else opens, and what it is bound to.
#include <gmock/gmock.h>

#include "tests/unit/bundle/party_fixture.h"

namespace heyan::bundle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PartyBundles : public PartyBundleTest {
 protected:
  static std::string fault(const Files& files) {
    const auto result = opened(zipped(files));
    return result ? "opens" : result.error().entry;
  }
  static Bond bond(const Bundle& bundle, std::string_view payload) {
    const auto result = opened(written(bundle));
    EXPECT_TRUE(result.has_value());
    return check_bonds(*result, core::as_bytes(payload));
  }
  Bond with(const std::function<void(v1::RecordFile&)>& change) const {
    return bond(changed(copy_, change), copy_.payload);
  }
};

TEST_F(PartyBundles, HoldTheExcerptInPlaceOfTheRecord) {
  std::vector<std::string> names;
  for (const auto& [name, content] : files_in(zip_)) {
    if (name.find('/') == std::string::npos) names.push_back(name);
  }
  EXPECT_THAT(names, ElementsAre("README.txt", "excerpt.hcr", "log-proof.txt", "manifest.json",
                                 "report.json", "report.jws"));
  const auto result = opened(zip_);
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(result->bundle.is_partys());
  EXPECT_EQ(result->bundle.excerpt, copy_.excerpt);
  EXPECT_EQ(check_bonds(*result, core::as_bytes(copy_.payload)), Bond::kHolds);
  EXPECT_EQ(written(copy_), zip_);
}

// Its words are a part of the format, as those of the others.
TEST_F(PartyBundles, SayInTheReadMeWhatIsNotHere) {
  const std::string text = files_in(zip_)[0].second;
  EXPECT_THAT(text, HasSubstr("a party's copy"));
  EXPECT_THAT(text, HasSubstr("当事人副本"));
  EXPECT_THAT(text, HasSubstr("whole blocks with other people's transactions, and are not"));
  EXPECT_THAT(text, Not(HasSubstr("case.hcr")));
  EXPECT_THAT(text, Not(HasSubstr("byte for byte\n")));
  EXPECT_EQ(core::to_hex(crypto::sha256(core::as_bytes(text))),
            "960b06d4463ac2f0b27035d09c430fd14074975f26fd97cecc9c0d637f1cdffc");
}

TEST_F(PartyBundles, SayWhatCouldBeJudgedAgain) {
  const auto count = [](const Bundle& bundle, Again again) {
    const auto items = rejudge_excerpt(*opened(written(bundle)));
    EXPECT_TRUE(items.has_value());
    return std::ranges::count_if(*items, [&](const ItemAgain& item) {
      return std::ranges::find(item.attestations, again) != item.attestations.end();
    });
  };
  EXPECT_EQ(count(copy_, Again::kSame), 4);
  EXPECT_EQ(count(copy_, Again::kWholeBlock), 6);
  const Bundle opponents = copy_for("opponent");
  EXPECT_EQ(count(opponents, Again::kSame), 2);
  EXPECT_EQ(count(opponents, Again::kWithheld), 2);
  EXPECT_EQ(count(opponents, Again::kWholeBlock), 6);
  EXPECT_EQ(count(opponents, Again::kDiffers), 0);
}

TEST_F(PartyBundles, HaveOneBasisAndASignature) {
  Bundle both = copy_;
  both.record = bundle_.record;
  EXPECT_FALSE(write(both).has_value());
  Bundle neither = copy_;
  neither.excerpt.clear();
  EXPECT_FALSE(write(neither).has_value());
  Bundle nobody = copy_;
  nobody.envelope.clear();
  EXPECT_FALSE(write(nobody).has_value());
  const Files files = files_in(zip_);
  Files other = files;
  other.insert(other.begin() + 1, {"case.hcr", bundle_.record});
  EXPECT_EQ(fault(other), "excerpt.hcr");
  for (const char* name : {"excerpt.hcr", "report.jws", "README.txt", "log-proof.txt",
                           "manifest.json", "report.json", "trust-list/trust.toml"}) {
    other = files;
    std::erase_if(other, [&](const auto& file) { return file.first == name; });
    EXPECT_NE(fault(other), "opens") << name;
  }
  // The court's record under the excerpt's name, and the other way round.
  other = files;
  other[1].first = "case.hcr";
  EXPECT_NE(fault(other), "opens");
  other = files;
  other[1].second.back() = static_cast<char>(other[1].second.back() ^ 1);
  EXPECT_EQ(fault(other), "excerpt.hcr");
}

TEST_F(PartyBundles, AreOfTheTrustListPolicyAndTimeOfTheReport) {
  EXPECT_EQ(with([](v1::RecordFile&) {}), Bond::kHolds);
  EXPECT_EQ(with([](v1::RecordFile& file) {
              file.mutable_trust_list(0)->mutable_content()->append("# x\n");
            }),
            Bond::kTrustList);
  EXPECT_EQ(with([](v1::RecordFile& file) {
              v1::SourceFile& policy = *file.add_policy();
              policy.set_path("policy.toml");
              policy.set_content("[policy]\nid = \"p\"\nversion = 1\n");
            }),
            Bond::kPolicy);
  EXPECT_EQ(with([](v1::RecordFile& file) { file.set_as_of_ms(file.as_of_ms() + 1000); }),
            Bond::kTime);
  EXPECT_EQ(with([](v1::RecordFile& file) {
              v1::SourceFile& more = *file.add_trust_list();
              more.set_path("zzz.pem");
              more.set_content("stranger");
            }),
            Bond::kTrustList);
  EXPECT_EQ(bond(copy_, bundle_.payload), Bond::kPayload);
}

}  // namespace
}  // namespace heyan::bundle
