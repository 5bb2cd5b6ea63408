// Parts that do not belong together, and judging again.
#include <gtest/gtest.h>

#include "tests/unit/bundle/fixture.h"

namespace heyan::bundle {
namespace {

class Bonds : public BundleTest {
 protected:
  // The signed report of record_ beside another record.
  Bond with(const std::function<void(v1::RecordFile&)>& change) const {
    v1::RecordFile record = record_;
    change(record);
    Bundle bundle = bundle_;
    bundle.record = encoded(record);
    return bond(bundle, bundle_.payload);
  }
  static Bond bond(const Bundle& bundle, std::string_view signed_payload) {
    const auto result = opened(written(bundle));
    EXPECT_TRUE(result.has_value());
    return result ? check_bonds(*result, core::as_bytes(signed_payload)) : Bond::kNotAReport;
  }
};

TEST_F(Bonds, WhatBelongsTogetherHolds) {
  EXPECT_EQ(bond(bundle_, bundle_.payload), Bond::kHolds);
  EXPECT_EQ(rejudge(*opened(file_)).value(), bundle_.payload);
}

TEST_F(Bonds, APayloadThatWasNotSigned) {
  const Bundle other = bundle_of(small_record("E2"));
  Bundle mixed = bundle_;
  mixed.envelope = other.envelope;
  EXPECT_EQ(bond(mixed, other.payload), Bond::kPayload);
  mixed = bundle_;
  mixed.payload = other.payload;
  EXPECT_EQ(bond(mixed, bundle_.payload), Bond::kPayload);
}

TEST_F(Bonds, AnotherRecord) {
  EXPECT_EQ(with([](v1::RecordFile& file) { file = small_record("E2"); }), Bond::kRecord);
  EXPECT_EQ(
      with([](v1::RecordFile& file) { file.mutable_record()->set_salt_key(std::string(32, 'x')); }),
      Bond::kRecord);
  EXPECT_EQ(with([](v1::RecordFile& file) {
              file.mutable_circumstances()->set_submission_is_declared(true);
            }),
            Bond::kCircumstances);
}

TEST_F(Bonds, AnotherTrustListOrPolicy) {
  EXPECT_EQ(with([](v1::RecordFile& file) {
              file.mutable_trust_list(0)->mutable_content()->append("# one line more\n");
            }),
            Bond::kTrustList);
  EXPECT_EQ(with([](v1::RecordFile& file) { file.clear_trust_list(); }), Bond::kTrustList);
  EXPECT_EQ(with([](v1::RecordFile& file) { file.mutable_trust_list(0)->set_content("["); }),
            Bond::kTrustList);
  EXPECT_EQ(with([](v1::RecordFile& file) {
              file.mutable_policy(0)->mutable_content()->append("# one line more\n");
            }),
            Bond::kPolicy);
  EXPECT_EQ(with([](v1::RecordFile& file) { file.clear_policy(); }), Bond::kPolicy);
}

// A file that no list names is in no digest.
TEST_F(Bonds, AFileBesideTheTrustListOrPolicy) {
  const auto add = [](v1::SourceFile* file) {
    file->set_path("notes.txt");
    file->set_content("x");
  };
  EXPECT_EQ(with([&](v1::RecordFile& file) { add(file.add_trust_list()); }), Bond::kTrustList);
  EXPECT_EQ(with([&](v1::RecordFile& file) { add(file.add_policy()); }), Bond::kPolicy);
}

TEST_F(Bonds, AnotherTime) {
  EXPECT_EQ(with([](v1::RecordFile& file) { file.set_as_of_ms(file.as_of_ms() + 1); }),
            Bond::kTime);
}

TEST_F(Bonds, WhatIsNoReport) {
  Bundle bundle = bundle_;
  bundle.payload = R"({"schema":"heyan.other.v1"})";
  EXPECT_EQ(bond(bundle, bundle.payload), Bond::kNotAReport);
  bundle.payload = "{}";
  EXPECT_EQ(bond(bundle, bundle.payload), Bond::kNotAReport);
  bundle.payload = "no JSON";
  EXPECT_EQ(bond(bundle, bundle.payload), Bond::kNotAReport);
}

}  // namespace
}  // namespace heyan::bundle
