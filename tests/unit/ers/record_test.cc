// Records made by our own writer and renewed over decades: what shows a time, and all that does
// not.
#include <gmock/gmock.h>

#include <array>

#include "tests/unit/ers/authority.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/ers/renewal.h"
#include "verifier/ers/verification.h"
#include "verifier/trust/policy.h"

namespace heyan::ers::testing {
namespace {

using core::Bytes;
using core::ByteView;
using crypto::Hash;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Names = std::vector<std::string>;
using timestamps::Verdict;

const std::string kDocument = "the report";

// Two authorities, the second of which took over from the first.
const TestAuthority& first() {
  static const TestAuthority authority("first", "2000-01-01T00:00:00Z", "2020-01-01T00:00:00Z");
  return authority;
}
const TestAuthority& second() {
  static const TestAuthority authority("second", "2010-01-01T00:00:00Z", "2040-01-01T00:00:00Z");
  return authority;
}

struct Found {
  Verdict verdict;
  bool shows_time;
  Names names;
  std::size_t stamps;
};

class RecordTest : public ::testing::Test {
 protected:
  // Each adds one stamp.
  void begin(const TestAuthority& by, Hash hash, const std::string& time) {
    const auto step = first_step(core::as_bytes(kDocument), hash);
    ASSERT_TRUE(step);
    const auto made = append({}, *step, by.stamp(hash, step->digest, time));
    ASSERT_TRUE(made) << made.error().text;
    record_ = *made;
  }
  void renew(const TestAuthority& by, Hash hash, const std::string& time) {
    const auto step = next_step(record_, core::as_bytes(kDocument), hash);
    ASSERT_TRUE(step);
    const auto made = append(record_, *step, by.stamp(hash, step->digest, time));
    ASSERT_TRUE(made) << made.error().text;
    record_ = *made;
  }

  Found judge(ByteView record, const std::string& document = kDocument) const {
    const core::Limits limits;
    crypto::SignatureChecker checker(crypto::production_engines(), limits);
    const Evaluation evaluation = evaluate(record,
                                           {.authorities = authorities_,
                                            .hash_until = trust::default_policy().algorithm_until,
                                            .at = at(now_)},
                                           checker, limits);
    timestamps::Digests digests;
    for (const Hash hash : {Hash::kSha1, Hash::kSha256, Hash::kSha512})
      digests[hash] = crypto::digest(hash, core::as_bytes(document));
    std::set<Bytes> filed;
    for (const auto& [hash, digest] : digests) filed.insert(digest);
    const auto found = verify(evaluation, std::array{digests}, filed, checker);
    return {found.verdict, found.shows_time(), found.names(), evaluation.stamps.size()};
  }
  Found judge() const { return judge(record_); }

  Bytes record_;
  std::vector<timestamps::Authority> authorities_ = {first().listed(), second().listed()};
  std::string now_ = "2030-01-01T00:00:00Z";
};

Bytes sequence(ByteView content, std::uint8_t tag = crypto::der::kSequence) {
  Bytes out;
  crypto::append_der(out, tag, content);
  return out;
}

// A record of one chain of one stamp with this tree, of no algorithm stated.
Bytes with_tree(const std::vector<std::vector<Bytes>>& lists, ByteView token) {
  Bytes tree;
  for (const auto& list : lists) {
    Bytes values;
    for (const Bytes& value : list) {
      const Bytes one = sequence(value, crypto::der::kOctetString);
      values.insert(values.end(), one.begin(), one.end());
    }
    const Bytes one = sequence(values);
    tree.insert(tree.end(), one.begin(), one.end());
  }
  Bytes stamp = sequence(tree, 0xa2);
  stamp.insert(stamp.end(), token.begin(), token.end());
  Bytes content = *core::from_hex("020101300d300b0609608648016503040201");
  const Bytes chains = sequence(sequence(sequence(stamp)));
  content.insert(content.end(), chains.begin(), chains.end());
  return sequence(content);
}

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
    const Bytes chains = sequence(sequence(sequence(token)));
    content.insert(content.end(), chains.begin(), chains.end());
    record_ = sequence(content);
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

TEST_F(RecordTest, WhatIsNoRecordIsMalformed) {
  begin(first(), Hash::kSha256, "2012-01-01T00:00:00Z");
  Bytes longer = record_;
  longer.push_back(0);
  EXPECT_EQ(judge(longer).verdict, Verdict::kMalformed);
  EXPECT_THAT(judge(longer).names, ElementsAre("TRAILING_DATA"));
  for (std::size_t size = 0; size < record_.size(); size += 11)
    EXPECT_EQ(judge(ByteView(record_).first(size)).verdict, Verdict::kMalformed) << size;
  const Bytes chains = sequence(sequence(sequence(*core::from_hex("0500"))));
  const auto of = [&](std::string_view head, const Bytes& rest) {
    Bytes content = *core::from_hex(head);
    content.insert(content.end(), rest.begin(), rest.end());
    return judge(sequence(content)).verdict;
  };
  EXPECT_EQ(of("0201013000", chains), Verdict::kMalformed);        // no token
  EXPECT_EQ(of("0201013000", sequence({})), Verdict::kMalformed);  // no chain
  EXPECT_EQ(of("0201013000", sequence(sequence({}))), Verdict::kMalformed);
  EXPECT_EQ(of("0201023000", chains), Verdict::kIndeterminate);      // another version
  EXPECT_EQ(of("0201013000a100", chains), Verdict::kIndeterminate);  // of encrypted documents
  EXPECT_EQ(judge(core::as_bytes("<EvidenceRecord xmlns=\"urn:ietf:params:xml:ns:ers\"/>")).verdict,
            Verdict::kIndeterminate);
}

TEST_F(RecordTest, LimitsOfChainsStampsAndValues) {
  const Bytes stamp = sequence(sequence({}));
  const auto repeated = [](const Bytes& one, std::size_t times) {
    Bytes all;
    for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), one.begin(), one.end());
    return all;
  };
  const auto read = [&](const Bytes& chains) {
    Bytes content = *core::from_hex("0201013000");
    const Bytes whole = sequence(chains);
    content.insert(content.end(), whole.begin(), whole.end());
    return read_record(sequence(content));
  };
  EXPECT_TRUE(read(repeated(sequence(stamp), kMaxChains)));
  EXPECT_EQ(read(repeated(sequence(stamp), kMaxChains + 1)).error().code, core::ErrorCode::kLimit);
  EXPECT_TRUE(read(sequence(repeated(stamp, kMaxStamps))));
  EXPECT_EQ(read(sequence(repeated(stamp, kMaxStamps + 1))).error().code, core::ErrorCode::kLimit);
  const auto listed = [&](std::size_t values) {
    Bytes inner = sequence(sequence(repeated(*core::from_hex("0400"), values)), 0xa2);
    const Bytes token = sequence({});
    inner.insert(inner.end(), token.begin(), token.end());
    return read(sequence(sequence(inner)));
  };
  EXPECT_TRUE(listed(kMaxValues));
  EXPECT_EQ(listed(kMaxValues + 1).error().code, core::ErrorCode::kLimit);
  EXPECT_EQ(read_record(sequence(Bytes(kMaxBytes))).error().code, core::ErrorCode::kLimit);
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
