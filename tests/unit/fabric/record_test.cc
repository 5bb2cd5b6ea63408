// The evidence record in a state value.
#include "verifier/ledgers/fabric/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heyan::ledgers::fabric {
namespace {

const std::string kDigest(64, 'a');

Result<ParsedRecord> parse(const std::string& json, const RecordPlaces& places = {}) {
  return parse_record(core::as_bytes(json), "EV-1", places, {});
}

TEST(FabricRecord, ReadsTheDefaultPlaces) {
  const auto parsed = parse(R"({"evidence_id":"EV-1","who":{"party":"A"},"what":{"sha256":")" +
                            kDigest + R"(","sm3":")" + kDigest +
                            R"(","name":"f"},"when":"2026-01-02T03:04:05Z","where":"x"})");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_TRUE(parsed->names_its_key);
  const v1::LedgerRecord& record = parsed->record;
  EXPECT_EQ(record.id(), "EV-1");
  EXPECT_EQ(record.who(), "A");
  EXPECT_EQ(record.what(), "f");
  EXPECT_EQ(record.where(), "x");
  EXPECT_EQ(record.when_ms(), 1767323045000);
  ASSERT_EQ(record.digests_size(), 2);
  EXPECT_EQ(record.digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_256);
  EXPECT_EQ(record.digests(1).algorithm(), v1::DIGEST_ALGORITHM_SM3);
}

TEST(FabricRecord, TheIdInsideMustBeTheKey) {
  EXPECT_FALSE(parse(R"({"evidence_id":"EV-2"})")->names_its_key);
  EXPECT_FALSE(parse(R"({})")->names_its_key);
  RecordPlaces places;
  places.id.clear();
  EXPECT_TRUE(parse(R"({})", places)->names_its_key);
}

TEST(FabricRecord, RefusesWhatTwoReadersCouldReadDifferently) {
  EXPECT_FALSE(parse(R"({"evidence_id":"EV-1","evidence_id":"EV-1"})").has_value());
  EXPECT_FALSE(parse(R"({"what":{"sha256":")" + kDigest + R"(","sha256":")" + kDigest + R"("}})")
                   .has_value());
  EXPECT_FALSE(parse("").has_value());
  EXPECT_FALSE(parse("{} ,").has_value());
  EXPECT_FALSE(parse(kDigest).has_value());
  EXPECT_FALSE(parse(R"({"what":{"sha256":1}})").has_value());
  EXPECT_FALSE(parse(R"({"what":{"sha256":"abc"}})").has_value());
  EXPECT_FALSE(parse(R"({"what":{"sha256":")" + kDigest + R"(00"}})").has_value());
  EXPECT_FALSE(parse(R"({"when":7})").has_value());
}

TEST(FabricRecord, OtherPlacesAndAlgorithms) {
  trust::RecordFields fields;
  fields.digest["sha-512"] = "/d";
  fields.digest["whirlpool"] = "/w";
  fields.fields["id"] = "/id";
  fields.fields["who"] = "/owner";
  const auto parsed =
      parse(R"({"id":"EV-1","owner":"B","d":")" + kDigest + kDigest + R"(","w":"00"})",
            record_places(fields));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_TRUE(parsed->names_its_key);
  EXPECT_EQ(parsed->record.who(), "B");
  EXPECT_EQ(parsed->record.unsupported_algorithm(), "whirlpool");
  ASSERT_EQ(parsed->record.digests_size(), 1);
  EXPECT_EQ(parsed->record.digests(0).algorithm(), v1::DIGEST_ALGORITHM_SHA_512);
  EXPECT_FALSE(digest_of(parsed->record, v1::DIGEST_ALGORITHM_SHA_256).has_value());
}

TEST(FabricRecord, ATimeThatIsNoneStaysAsWritten) {
  const auto parsed = parse(R"({"when":"yesterday"})");
  EXPECT_EQ(parsed->record.when(), "yesterday");
  EXPECT_FALSE(parsed->record.has_when_ms());
}

}  // namespace
}  // namespace heyan::ledgers::fabric
