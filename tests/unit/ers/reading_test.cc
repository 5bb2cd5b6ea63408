// What is no record, what is too large, and the largest that is read.
#include <algorithm>

#include "tests/unit/ers/fixture.h"

namespace heyan::ers::testing {
namespace {

using core::Bytes;
using core::ByteView;
using crypto::Hash;
using ::testing::Contains;
using ::testing::ElementsAre;
using timestamps::Verdict;

TEST_F(RecordTest, WhatIsNoRecordIsMalformed) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  Bytes longer = record_;
  longer.push_back(0);
  EXPECT_EQ(judge(longer).verdict, Verdict::kMalformed);
  EXPECT_THAT(judge(longer).names, ElementsAre("TRAILING_DATA"));
  for (std::size_t size = 0; size < record_.size(); size += 11)
    EXPECT_EQ(judge(ByteView(record_).first(size)).verdict, Verdict::kMalformed) << size;
  const Bytes chains = wrapped(wrapped(wrapped(*core::from_hex("0500"))));
  const auto of = [&](std::string_view head, const Bytes& rest) {
    Bytes content = *core::from_hex(head);
    content.insert(content.end(), rest.begin(), rest.end());
    return judge(wrapped(content)).verdict;
  };
  EXPECT_EQ(of("0201013000", chains), Verdict::kMalformed);       // no token
  EXPECT_EQ(of("0201013000", wrapped({})), Verdict::kMalformed);  // no chain
  EXPECT_EQ(of("0201013000", wrapped(wrapped({}))), Verdict::kMalformed);
  EXPECT_EQ(of("0201023000", chains), Verdict::kIndeterminate);      // another version
  EXPECT_EQ(of("0201013000a100", chains), Verdict::kIndeterminate);  // of encrypted documents
  EXPECT_EQ(judge(core::as_bytes("<EvidenceRecord xmlns=\"urn:ietf:params:xml:ns:ers\"/>")).verdict,
            Verdict::kIndeterminate);
}

TEST_F(RecordTest, LimitsOfChainsStampsAndValues) {
  const Bytes stamp = wrapped(wrapped({}));
  const auto repeated = [](const Bytes& one, std::size_t times) {
    Bytes all;
    for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), one.begin(), one.end());
    return all;
  };
  const auto read = [&](const Bytes& chains) {
    Bytes content = *core::from_hex("0201013000");
    const Bytes whole = wrapped(chains);
    content.insert(content.end(), whole.begin(), whole.end());
    return read_record(wrapped(content));
  };
  EXPECT_TRUE(read(repeated(wrapped(stamp), kMaxChains)));
  EXPECT_EQ(read(repeated(wrapped(stamp), kMaxChains + 1)).error().code, core::ErrorCode::kLimit);
  EXPECT_TRUE(read(wrapped(repeated(stamp, kMaxStamps))));
  EXPECT_EQ(read(wrapped(repeated(stamp, kMaxStamps + 1))).error().code, core::ErrorCode::kLimit);
  const auto listed = [&](std::size_t values) {
    Bytes inner = wrapped(wrapped(repeated(*core::from_hex("0400"), values)), 0xa2);
    const Bytes token = wrapped({});
    inner.insert(inner.end(), token.begin(), token.end());
    return read(wrapped(wrapped(inner)));
  };
  EXPECT_TRUE(listed(kMaxValues));
  EXPECT_EQ(listed(kMaxValues + 1).error().code, core::ErrorCode::kLimit);
  EXPECT_EQ(read_record(wrapped(Bytes(kMaxBytes))).error().code, core::ErrorCode::kLimit);
}

// The largest trees that fit: many lists of one value, and lists of as many values as may be.
TEST_F(RecordTest, AMebibyteOfTreesIsJudged) {
  now_ = "2019-01-01T00:00:00Z";
  const Bytes document = crypto::sha256(core::as_bytes(kDocument));
  const Bytes token = first().stamp(Hash::kSha256, document, "2012-01-01T00:00:00Z");
  const std::size_t room = kMaxBytes - token.size() - 100;
  std::vector<std::vector<Bytes>> deep = {{document}};
  for (std::size_t i = 0; i < room / 36 - 1; ++i) deep.push_back({Bytes(32, 1)});
  const Bytes deepest = with_tree(deep, token);
  EXPECT_GT(deepest.size(), kMaxBytes - 200);
  ASSERT_TRUE(read_record(deepest));
  EXPECT_THAT(judge(deepest).names, Contains("ROOT_NOT_IMPRINT"));
  std::vector<std::vector<Bytes>> wide(3, std::vector<Bytes>(kMaxValues, document));
  const Bytes widest = with_tree(wide, token);
  EXPECT_GT(widest.size(), kMaxBytes - (32u << 10));
  EXPECT_THAT(judge(widest).names, Contains("ROOT_NOT_IMPRINT"));
  wide.front().push_back(document);
  EXPECT_EQ(judge(with_tree(wide, token)).verdict, Verdict::kMalformed);
}

TEST_F(RecordTest, OnlyKnownDigestsBeginOrRenewARecord) {
  EXPECT_EQ(first_step({}, Hash::kSha1).error().code, core::ErrorCode::kUnsupported);
  EXPECT_FALSE(next_step(core::as_bytes("no record"), {}, Hash::kSha256));
  EXPECT_FALSE(append({}, {.hash = Hash::kSha256, .digest = {}, .new_chain = false}, {}));
  EXPECT_FALSE(append(core::as_bytes("no record"), {.hash = Hash::kSha256, .digest = {}}, {}));
}

TEST_F(RecordTest, IsRecognisedByItsHead) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  EXPECT_TRUE(looks_like_record(ByteView(record_).first(256)));
  EXPECT_TRUE(looks_like_record(ByteView(record_).first(40)));
  EXPECT_FALSE(looks_like_record(ByteView(record_).first(10)));
  const Bytes token = core::to_bytes(read_record(record_)->chains[0][0].token);
  EXPECT_FALSE(looks_like_record(ByteView(token).first(256)));
  // A request for a time stamp begins with the same version and a SEQUENCE.
  EXPECT_FALSE(looks_like_record(
      *core::from_hex("303702010130310"
                      "30d060960864801650304020105000420"
                      "0000000000000000000000000000000000000000000000000000000000000000")));
}

}  // namespace
}  // namespace heyan::ers::testing
