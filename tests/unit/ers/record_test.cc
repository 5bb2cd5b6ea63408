// Records renewed over decades: what shows a time, and all that does not.
#include <algorithm>

#include "tests/unit/ers/fixture.h"

namespace heyan::ers::testing {
namespace {

using core::Bytes;
using crypto::Hash;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using timestamps::Verdict;

Bytes sha256_of(const Bytes& a, const Bytes& b) {
  Bytes both = std::min(a, b);
  const Bytes& other = std::max(a, b);
  both.insert(both.end(), other.begin(), other.end());
  return crypto::sha256(both);
}

TEST_F(RecordTest, OneStampHoldsWhileItsCertificateDoes) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  now_ = "2019-12-31T00:00:00Z";
  EXPECT_TRUE(judge().shows_time);
  EXPECT_THAT(judge().names, IsEmpty());
  now_ = "2020-01-02T00:00:00Z";
  EXPECT_EQ(judge().verdict, Verdict::kRefused);
  EXPECT_THAT(judge().names, ElementsAre("NOT_RENEWED_IN_TIME"));
  now_ = "2011-12-31T00:00:00Z";
  EXPECT_THAT(judge().names, Contains("GENTIME_FUTURE"));
}

TEST_F(RecordTest, ARenewalCarriesAStampBeyondItsCertificate) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(second(), Hash::kSha256, "2019-01-01T00:00:00Z");
  const Found found = judge();
  EXPECT_TRUE(found.shows_time);
  EXPECT_EQ(found.stamps, 2u);
  EXPECT_THAT(found.names, IsEmpty());
  EXPECT_FALSE(judge(record_, "another").shows_time);
  EXPECT_THAT(judge(record_, "another").names, ElementsAre("DATA_NOT_COVERED"));
}

TEST_F(RecordTest, ARenewalAfterTheCertificateEndedIsTooLate) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(second(), Hash::kSha256, "2020-01-01T00:00:01Z");
  EXPECT_EQ(judge().verdict, Verdict::kRefused);
  EXPECT_THAT(judge().names, ElementsAre("NOT_RENEWED_IN_TIME"));
}

TEST_F(RecordTest, AHashTreeIsRenewedByAnotherDigest) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(first(), Hash::kSha256, "2013-01-01T00:00:00Z");
  renew(second(), Hash::kSha512, "2014-01-01T00:00:00Z");
  renew(second(), Hash::kSha512, "2015-01-01T00:00:00Z");
  const Found found = judge();
  EXPECT_TRUE(found.shows_time);
  EXPECT_EQ(found.stamps, 4u);
  const auto read = read_record(record_);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->chains.size(), 2u);
  EXPECT_EQ(read->chains[0].size(), 2u);
  EXPECT_THAT(judge(record_, "another").names, ElementsAre("DATA_NOT_COVERED"));
  EXPECT_EQ(*last_hash(record_), Hash::kSha512);
}

// Its end date is that of feasible collisions: whoever renewed before knew of none.
TEST_F(RecordTest, AWeakDigestCountsWhereAStrongOneTookOverInTime) {
  const auto stamped_by_sha1 = [&](const std::string& renewed) {
    const Bytes digest = crypto::digest(Hash::kSha1, core::as_bytes(kDocument));
    const Bytes token = first().stamp(Hash::kSha1, digest, "2012-01-01T00:00:00Z");
    Bytes content = *core::from_hex("020101300b300906052b0e03021a0500");
    const Bytes chains = wrapped(wrapped(wrapped(token)));
    content.insert(content.end(), chains.begin(), chains.end());
    record_ = wrapped(content);
    if (!renewed.empty()) renew(second(), Hash::kSha256, renewed);
  };
  stamped_by_sha1("2015-01-01T00:00:00Z");
  EXPECT_TRUE(judge().shows_time);
  stamped_by_sha1("2016-01-01T00:00:00Z");
  EXPECT_EQ(judge().verdict, Verdict::kRefused);
  EXPECT_THAT(judge().names, ElementsAre("WEAK_IMPRINT"));
  stamped_by_sha1("");
  now_ = "2019-01-01T00:00:00Z";
  EXPECT_THAT(judge().names, ElementsAre("WEAK_IMPRINT"));
}

// Of a stolen key every stamp is worthless, but for those that were covered before.
TEST_F(RecordTest, AStolenKeyTakesOnlyWhatWasNotCoveredBefore) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  const Bytes alone = record_;
  renew(second(), Hash::kSha256, "2015-01-01T00:00:00Z");
  authorities_[0] = first().listed("2016-01-01T00:00:00Z");
  EXPECT_TRUE(judge().shows_time);
  now_ = "2017-01-01T00:00:00Z";
  EXPECT_THAT(judge(alone).names, ElementsAre("REVOKED"));
  EXPECT_FALSE(judge(alone).shows_time);
  authorities_[0] = first().listed("2014-01-01T00:00:00Z");
  EXPECT_EQ(judge().verdict, Verdict::kInvalid);
  EXPECT_THAT(judge().names, ElementsAre("REVOKED"));
  authorities_[0] = first().listed();
  authorities_[1] = second().listed("2016-01-01T00:00:00Z");
  EXPECT_FALSE(judge().shows_time);
}

TEST_F(RecordTest, AnAuthorityThatNobodyListsShowsNothing) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(second(), Hash::kSha256, "2013-01-01T00:00:00Z");
  for (const std::size_t unlisted : {0u, 1u}) {
    auto authorities = authorities_;
    authorities_.erase(authorities_.begin() + static_cast<std::ptrdiff_t>(unlisted));
    EXPECT_EQ(judge().verdict, Verdict::kIndeterminate);
    EXPECT_THAT(judge().names, ElementsAre("UNTRUSTED_ISSUER"));
    authorities_ = std::move(authorities);
  }
}

TEST_F(RecordTest, StampsMustFollowEachOther) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(second(), Hash::kSha256, "2011-12-31T23:59:59Z");
  EXPECT_EQ(judge().verdict, Verdict::kInvalid);
  EXPECT_THAT(judge().names, ElementsAre("TIME_ORDER"));
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  renew(second(), Hash::kSha256, "2012-01-01T00:00:00Z");
  EXPECT_TRUE(judge().shows_time);
}

TEST_F(RecordTest, AStampThatCoversSomethingElseIsNoRenewal) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  const Bytes other = crypto::sha256(core::as_bytes("other"));
  const auto appended = append(record_, {.hash = Hash::kSha256, .digest = {}, .new_chain = false},
                               second().stamp(Hash::kSha256, other, "2013-01-01T00:00:00Z"));
  ASSERT_TRUE(appended);
  EXPECT_EQ(judge(*appended).verdict, Verdict::kInvalid);
  EXPECT_THAT(judge(*appended).names, ElementsAre("RENEWAL_NOT_COVERED"));
  // The document's digest alone does not bind the chains before.
  const Bytes document = crypto::digest(Hash::kSha512, core::as_bytes(kDocument));
  const auto chain = append(record_, {.hash = Hash::kSha512, .digest = {}, .new_chain = true},
                            second().stamp(Hash::kSha512, document, "2013-01-01T00:00:00Z"));
  ASSERT_TRUE(chain);
  EXPECT_THAT(judge(*chain).names, ElementsAre("DATA_NOT_COVERED"));
}

// RFC 4998 5.1: another digest begins another chain.
TEST_F(RecordTest, AChainHasOneDigest) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  const Bytes token = core::to_bytes(read_record(record_)->chains[0][0].token);
  const Bytes digest = crypto::digest(Hash::kSha512, token);
  const auto appended = append(record_, {.hash = Hash::kSha512, .digest = {}, .new_chain = false},
                               second().stamp(Hash::kSha512, digest, "2013-01-01T00:00:00Z"));
  ASSERT_TRUE(appended);
  EXPECT_THAT(judge(*appended).names, ElementsAre("MIXED_HASHES"));
  // What the stamp states is what its token has.
  const auto stated = append({}, {.hash = Hash::kSha512, .digest = {}, .new_chain = true}, token);
  ASSERT_TRUE(stated);
  EXPECT_EQ(judge(*stated).verdict, Verdict::kInvalid);
  EXPECT_THAT(judge(*stated).names, Contains("ROOT_NOT_IMPRINT"));
}

TEST_F(RecordTest, HashTreesAreClimbed) {
  now_ = "2019-01-01T00:00:00Z";
  const std::string time = "2012-01-01T00:00:00Z";
  const Bytes document = crypto::sha256(core::as_bytes(kDocument));
  const Bytes neighbour = crypto::sha256(core::as_bytes("neighbour"));
  const Bytes uncle = crypto::sha256(core::as_bytes("uncle"));
  const Bytes father = sha256_of(document, neighbour);
  const Bytes root = sha256_of(father, uncle);
  const auto judged = [&](const std::vector<std::vector<Bytes>>& lists, const Bytes& stamped) {
    return judge(with_tree(lists, first().stamp(Hash::kSha256, stamped, time)));
  };
  EXPECT_TRUE(judged({{document, neighbour}, {uncle}}, root).shows_time);
  EXPECT_THAT(judged({{document, neighbour}, {uncle}}, root).names,
              ElementsAre("GROUP_INCOMPLETE"));
  EXPECT_TRUE(judged({{neighbour, document}, {uncle}}, root).shows_time);
  // One value is not hashed again; the same value twice is.
  EXPECT_TRUE(judged({{document}}, document).shows_time);
  EXPECT_THAT(judged({{document}}, document).names, IsEmpty());
  EXPECT_TRUE(judged({{document, document}}, sha256_of(document, document)).shows_time);
  EXPECT_TRUE(judged({{document}, {uncle}}, sha256_of(document, uncle)).shows_time);
  EXPECT_THAT(judged({{document}}, crypto::sha256(document)).names,
              ElementsAre("ROOT_NOT_IMPRINT"));
  EXPECT_THAT(judged({{document, document}}, document).names, ElementsAre("ROOT_NOT_IMPRINT"));
  EXPECT_THAT(judged({{document, neighbour}, {uncle}}, father).names, Contains("ROOT_NOT_IMPRINT"));
  EXPECT_THAT(judged({{neighbour, uncle}}, sha256_of(neighbour, uncle)).names,
              Contains("DATA_NOT_COVERED"));
  // In a later list it is no document.
  EXPECT_THAT(judged({{neighbour}, {document}}, father).names, Contains("DATA_NOT_COVERED"));
  // Two values that are cut elsewhere hash alike, and are no digests.
  Bytes joined = std::min(document, neighbour);
  const Bytes& rest = std::max(document, neighbour);
  joined.insert(joined.end(), rest.begin(), rest.begin() + 1);
  EXPECT_THAT(judged({{joined, Bytes(rest.begin() + 1, rest.end())}}, father).names,
              Contains("IMPRINT_LENGTH"));
}

// Every byte counts but two version numbers and the lists of algorithms, as in a token alone.
TEST_F(RecordTest, NoByteOfARenewedRecordCanBeChanged) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  const Bytes token = core::to_bytes(read_record(record_)->chains[0][0].token);
  renew(second(), Hash::kSha256, "2019-01-01T00:00:00Z");
  const auto place = std::ranges::search(record_, token);
  ASSERT_FALSE(place.empty());
  const auto begin_of_token = static_cast<std::size_t>(place.begin() - record_.begin());
  // The first stamp is covered by the second, so that none of its bytes is free.
  for (std::size_t at = begin_of_token; at < begin_of_token + token.size(); at += 7) {
    Bytes changed = record_;
    changed[at] ^= 1u;
    EXPECT_FALSE(judge(changed).shows_time) << at;
  }
}

}  // namespace
}  // namespace heyan::ers::testing
