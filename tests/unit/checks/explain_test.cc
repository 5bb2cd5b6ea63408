// Possible causes of a difference, and that nobody's word makes more of them.
#include "verifier/checks/explain.h"

#include <gmock/gmock.h>

#include "tests/unit/checks/fixture.h"

namespace heyan::checks::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Explain : public ChecksTest {
 protected:
  Explain() {
    contents().set_performed(true);
    ledger_record().mutable_digests(0)->set_value(kRecorded);
  }
  v1::ContentFacts& contents() { return *measured().mutable_contents(); }
  v1::Candidate& add(std::vector<v1::Change> changes, std::string value = kRecorded,
                     std::string algorithm = "sha-256") {
    v1::Candidate& candidate = *contents().add_candidates();
    for (const v1::Change change : changes) candidate.add_changes(change);
    candidate.set_size(42);
    v1::NamedDigest& digest = *candidate.add_digests();
    digest.set_algorithm(std::move(algorithm));
    digest.set_value(std::move(value));
    return candidate;
  }
  v1::JpegTraces& jpeg() {
    v1::JpegTraces& traces = *contents().mutable_jpeg();
    traces.set_jfif(true);
    traces.set_tables(v1::JPEG_TABLES_STANDARD);
    traces.set_quality(75);
    return traces;
  }
  // The codes beside CONTENT_HASH_DIFFERS; each must do the same and no more.
  std::vector<v1::ReasonCode> codes() {
    std::vector<v1::ReasonCode> list;
    const auto findings = run(v1::CHECK_MATCH_1);
    EXPECT_EQ(findings.front().code(), v1::REASON_CONTENT_HASH_DIFFERS);
    for (const v1::Finding& finding : findings) {
      EXPECT_EQ(finding.effect(), findings.front().effect());
      EXPECT_EQ(finding.subject().attestation(), 0u);
      if (&finding != &findings.front()) list.push_back(finding.code());
    }
    return list;
  }
  std::string param(v1::ReasonCode code, std::string_view name) {
    for (const v1::Finding& finding : run(v1::CHECK_MATCH_1)) {
      if (finding.code() != code) continue;
      for (const v1::Param& param : finding.params()) {
        if (param.name() == name) return param.value();
      }
    }
    return "none";
  }
  static inline const std::string kRecorded = std::string(32, 'r');
};

TEST_F(Explain, NamesTheChangeThatReproducesTheRecord) {
  struct Row {
    std::vector<v1::Change> changes;
    v1::ReasonCode code;
    const char* word;
  };
  for (const Row& row :
       {Row{{v1::CHANGE_LINE_ENDS_TO_LF}, v1::REASON_LIKELY_LINE_ENDING_OR_BOM, "line-ends-to-lf"},
        Row{{v1::CHANGE_LINE_ENDS_TO_CRLF, v1::CHANGE_BOM_ADDED, v1::CHANGE_FINAL_LINE_END_ADDED},
            v1::REASON_LIKELY_LINE_ENDING_OR_BOM,
            "line-ends-to-crlf,bom-added,final-line-end-added"},
        Row{{v1::CHANGE_BOM_REMOVED}, v1::REASON_LIKELY_LINE_ENDING_OR_BOM, "bom-removed"},
        Row{{v1::CHANGE_FINAL_LINE_END_REMOVED},
            v1::REASON_LIKELY_LINE_ENDING_OR_BOM,
            "final-line-end-removed"},
        Row{{v1::CHANGE_LATER_SAVES_REMOVED}, v1::REASON_LIKELY_PDF_RESAVED, "later-saves-removed"},
        Row{{v1::CHANGE_TAKEN_FROM_ARCHIVE},
            v1::REASON_CONTENT_DIFFERS_CONTAINER_ONLY,
            "taken-from-archive"},
        Row{{v1::CHANGE_METADATA_REMOVED}, v1::REASON_LIKELY_METADATA_ADDED, "metadata-removed"},
        Row{{v1::CHANGE_AS_BASE64}, v1::REASON_LIKELY_HASHED_AS_TEXT, "file-as-base64"},
        Row{{v1::CHANGE_AS_HEX_UPPER},
            v1::REASON_LIKELY_HASHED_AS_TEXT,
            "file-as-upper-case-hex"}}) {
    contents().clear_candidates();
    add(row.changes).set_number(3);
    EXPECT_THAT(codes(), ElementsAre(row.code)) << row.word;
    EXPECT_EQ(param(row.code, "change"), row.word);
    EXPECT_EQ(param(row.code, "number"), "3");
    EXPECT_EQ(param(row.code, "size"), "42");
    EXPECT_EQ(param(row.code, "recorded"), core::to_hex(core::as_bytes(kRecorded)));
  }
}

TEST_F(Explain, SaysNothingWhereTheFileMatches) {
  add({v1::CHANGE_LINE_ENDS_TO_LF});
  jpeg();
  ledger_record().mutable_digests(0)->set_value(digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
  EXPECT_EQ(only(v1::CHECK_MATCH_1).outcome(), v1::OUTCOME_PASS);
}

TEST_F(Explain, SaysNothingOfCandidatesThatDoNotReproduceIt) {
  add({v1::CHANGE_LINE_ENDS_TO_LF}, std::string(32, 'q'));
  add({v1::CHANGE_BOM_ADDED}, "");
  add({v1::CHANGE_BOM_ADDED}, kRecorded.substr(1));
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Explain, BelievesNoBoxThatWasStoppedOrNotAsked) {
  add({v1::CHANGE_LINE_ENDS_TO_LF});
  jpeg();
  contents().set_terminated(true);
  EXPECT_THAT(codes(), IsEmpty());
  contents().set_terminated(false);
  contents().set_performed(false);
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Explain, BelievesNoBoxAgainstWhatWasMeasured) {
  add({}, kRecorded, "sha-256");  // the record's own algorithm
  add({}, kRecorded, "sm3");      // measured here, and another value
  add({}, kRecorded, "what a box makes up");
  add({v1::CHANGE_LINE_ENDS_TO_LF}, kRecorded, "<b>sha-256</b>");
  add({static_cast<v1::Change>(99)});
  add({v1::CHANGE_UNSPECIFIED});
  add({v1::CHANGE_LINE_ENDS_TO_LF, v1::CHANGE_AS_BASE64});  // do not belong together
  add(std::vector<v1::Change>(13, v1::CHANGE_LINE_ENDS_TO_LF));
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Explain, NamesAnotherAlgorithm) {
  add({}, kRecorded, "keccak-256");
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_OTHER_ALGORITHM));
  EXPECT_EQ(param(v1::REASON_LIKELY_OTHER_ALGORITHM, "equals"), "keccak-256");
}

TEST_F(Explain, ComparesWithWhatWasMeasuredHereWithoutABox) {
  contents().Clear();
  const std::string sm3 = digest_bytes(v1::DIGEST_ALGORITHM_SM3, 's');
  for (v1::MeasuredDigest& digest : *measured().mutable_measured()->mutable_digests()) {
    if (digest.algorithm() != v1::DIGEST_ALGORITHM_SM3) continue;
    digest.set_first(sm3);
    digest.set_second(sm3);
  }
  EXPECT_THAT(codes(), IsEmpty());
  ledger_record().mutable_digests(0)->set_value(sm3);
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_OTHER_ALGORITHM));
  EXPECT_EQ(param(v1::REASON_LIKELY_OTHER_ALGORITHM, "equals"), "sm3");
}

TEST_F(Explain, DerivesNotationsOfTheFingerprint) {
  contents().Clear();
  const std::string own = digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f');  // 66 66 ...
  const std::string hex(64, '6');
  std::string base64;
  for (int i = 0; i < 10; ++i) base64 += "ZmZm";
  base64 += "ZmY=";
  const auto sha256 = [](const std::string& text) {
    return core::to_string(crypto::sha256(core::as_bytes(text)));
  };
  for (const auto& [recorded, word] : {std::pair(sha256(hex), "fingerprint-as-hex"),
                                       std::pair(sha256(base64), "fingerprint-as-base64"),
                                       std::pair(sha256(own), "fingerprint-hashed-twice")}) {
    ledger_record().mutable_digests(0)->set_value(recorded);
    EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_HASHED_AS_TEXT)) << word;
    EXPECT_EQ(param(v1::REASON_LIKELY_HASHED_AS_TEXT, "change"), word);
  }
  ledger_record().mutable_digests(0)->set_value(sha256(hex + "\n"));
  EXPECT_THAT(codes(), IsEmpty());
}

TEST_F(Explain, TellsTracesOnlyWhereNothingIsExact) {
  jpeg();
  EXPECT_THAT(codes(),
              ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED, v1::REASON_LIKELY_REENCODED));
  EXPECT_EQ(param(v1::REASON_LIKELY_REENCODED, "quality"), "75");
  EXPECT_EQ(param(v1::REASON_LIKELY_REENCODED, "tables"), "standard");
  add({v1::CHANGE_LINE_ENDS_TO_LF});
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_LINE_ENDING_OR_BOM));
}

TEST_F(Explain, TellsNoTraceOfWhatCamerasWriteThemselves) {
  jpeg().set_exif(true);
  EXPECT_THAT(codes(), IsEmpty());
  jpeg().set_exif(false);
  jpeg().set_xmp(true);
  EXPECT_THAT(codes(), IsEmpty());
  jpeg().set_xmp(false);
  jpeg().set_quality(96);
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED));
  jpeg().set_quality(0);
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED));
  jpeg().set_tables(v1::JPEG_TABLES_UNSPECIFIED);
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED));
  jpeg().set_tables(static_cast<v1::JpegTables>(7));
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED));
}

TEST_F(Explain, SaysNothingOfAFileThatIsAnotherRecords) {
  jpeg();
  v1::Attestation other = attestation();
  other.mutable_record()->mutable_digests(0)->set_value(
      digest_bytes(v1::DIGEST_ALGORITHM_SHA_256, 'f'));
  attestations_[1].push_back(other);
  EXPECT_THAT(codes(), ElementsAre(v1::REASON_WRONG_FILE_FOR_RECORD));
}

// A record that nothing ties to a ledger says nothing about the evidence; neither do its causes.
TEST_F(Explain, DoesWhatTheDifferenceDoes) {
  jpeg();
  set_answer(attestation(), v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED);
  EXPECT_THAT(codes(),
              ElementsAre(v1::REASON_LIKELY_METADATA_STRIPPED, v1::REASON_LIKELY_REENCODED));
  EXPECT_EQ(run(v1::CHECK_MATCH_1).back().effect(), v1::EFFECT_INCONCLUSIVE);
}

}  // namespace
}  // namespace heyan::checks::testing
