// How defects are told, and the canonical form of a submission.
#include <gtest/gtest.h>

#include "tests/unit/contents/submission_example.h"

namespace heyan::contents {
namespace {

using testing::defects_of;
using testing::kExample;
using testing::kMinimal;
using testing::read;
using testing::with;

std::string canonical(const v1::Submission& submission) {
  return core::json::write_canonical(write_submission(submission));
}

TEST(SubmissionReader, TellsAllDefectsInTheOrderOfReading) {
  EXPECT_EQ(
      defects_of(R"({"schema":"x","court":1,"filedAt":"now","y":1,
                           "parties":[{"id":"P1"},{"id":"P1","role":"?"}],
                           "evidence":[{"id":"E1","party":"P9","file":{"path":"../a","size":-1}},{}]})"),
      "/schema wrong-schema; /court wrong-type; /filedAt bad-time; /parties/1/id duplicate-id; "
      "/parties/1/role unknown-word; /evidence/0/party unknown-party; /evidence/0/file/path "
      "unsafe-path; "
      "/evidence/0/file/size out-of-range; /evidence/1/id missing-name; /evidence/1/file "
      "missing-name; "
      "/y unknown-name");
}

TEST(SubmissionReader, ListsABoundedNumberOfDefects) {
  std::string names;
  for (int i = 0; i < 5000; ++i) names += ",\"x" + std::to_string(i) + "\":0";
  const auto result = read(with(kMinimal, R"("id":"E1")", R"("id":"E1")" + names));
  ASSERT_FALSE(result.has_value());
  ASSERT_EQ(result.error().size(), kMaxDefects);
  EXPECT_EQ(result.error()[kMaxDefects - 2].code, "unknown-name");
  EXPECT_EQ(result.error().back().code, "too-many-defects");
}

TEST(SubmissionReader, ShowsTextOfTheDocumentOnlyMadeVisible) {
  const auto result = read(
      with(kMinimal, R"("id":"E1")",
           R"("id":"\u001b[31mE1","category":"\u202eATAD","\u0007name\u2028":1,"party":"\n")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().size(), 4u);
  for (const Defect& defect : result.error()) {
    for (const std::string_view raw : {"\x1b", "\x07", "\n", "\xe2\x80\xae", "\xe2\x80\xa8"}) {
      EXPECT_EQ(defect.detail.find(raw), std::string::npos) << defect.code;
      EXPECT_EQ(defect.pointer.find(raw), std::string::npos) << defect.code;
    }
  }
}

TEST(SubmissionReader, SaysWhatToDo) {
  const auto result = read(with(kExample, R"("USCC")", R"("VAT")"));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error()[0].detail, "\"VAT\" is not one of USCC, RESIDENT_ID, PASSPORT, OTHER.");
}

TEST(SubmissionWriter, WritesTheCanonicalForm) {
  EXPECT_EQ(canonical(*read(kMinimal)),
            R"({"evidence":[{"file":{"path":"a"},"id":"E1"}],"schema":"heyan.submission.v1"})");
  EXPECT_EQ(
      canonical(*read(with(kMinimal, R"("evidence":[{)",
                           R"("reliefSought":["b","a"],"cause":"c","evidence":[{"pages":3,)"))),
      R"({"cause":"c","evidence":[{"file":{"path":"a"},"id":"E1","pages":3}],)"
      R"("reliefSought":["b","a"],"schema":"heyan.submission.v1"})");
  const std::string text = canonical(*read(kExample));
  EXPECT_NE(
      text.find(
          R"("digests":{"sha-256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
          R"("sm3":"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"})"),
      std::string::npos);
  EXPECT_NE(text.find(R"("filedAt":"2026-11-20T08:30:00Z")"), std::string::npos);
}

TEST(SubmissionWriter, ReadingBackGivesTheSameMessageAndText) {
  for (const std::string_view source :
       {kExample, kMinimal,
        std::string_view(
            R"({"schema":"heyan.submission.v1","cause":"c","reliefSought":["b","a"],
                            "evidence":[{"id":"E1","pages":100000,"file":{"path":"a"}}]})"),
        std::string_view(
            R"({"schema":"heyan.submission.v1","filedAt":"2026-11-20T16:30:00.5+08:00","court":{},
                            "submitter":{},"parties":[{}],"evidence":[{"id":"E1","claims":{},"record":{},
                            "proofs":[{"path":"p","hints":{"b":"\u0001","a":""}}],
                            "file":{"path":"a","size":0,"digests":{}}}]})")}) {
    const auto first = read(source);
    ASSERT_TRUE(first.has_value()) << defects_of(source);
    const std::string text = canonical(*first);
    const auto second = read(text);
    ASSERT_TRUE(second.has_value()) << text;
    EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
    EXPECT_EQ(canonical(*second), text);
  }
}

}  // namespace
}  // namespace heyan::contents
