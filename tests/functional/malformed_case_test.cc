// Cases that are not as they must be: status 65, and the JSON pointer of the place.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <functional>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// Status 65, nothing on standard output, and `pointer` in the message.
void expect_malformed(const SampleCase& sample, std::string_view pointer) {
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr(std::string(pointer)));
}

struct Edit {
  const char* name;
  const char* pointer;  // what the message must name
  std::function<void(SampleCase&)> edit;
};
void PrintTo(const Edit& edit, std::ostream* out) { *out << edit.name; }

class EditedCase : public testing::TestWithParam<Edit> {};

TEST_P(EditedCase, IsRefusedWithThePlace) {
  SampleCase sample;
  GetParam().edit(sample);
  sample.save();
  expect_malformed(sample, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(
    Documents, EditedCase,
    testing::Values(
        Edit{"UnknownName", "/evidence/0/proof", [](auto& s) { s.item("E1")["proof"] = 1; }},
        Edit{"UnknownTopName", "/comment", [](auto& s) { s.document["comment"] = ""; }},
        Edit{"OtherSpelling", "/evidence/0/file/media_type",
             [](auto& s) { s.item("E1")["file"]["media_type"] = "text/plain"; }},
        Edit{"NoSchema", "/schema", [](auto& s) { s.document.erase("schema"); }},
        Edit{"OtherSchema", "/schema",
             [](auto& s) { s.document["schema"] = "heyan.submission.v2"; }},
        Edit{"NoEvidence", "/evidence", [](auto& s) { s.document["evidence"] = Json::array(); }},
        Edit{"NoId", "/evidence/0/id", [](auto& s) { s.item("E1").erase("id"); }},
        Edit{"NoPath", "/evidence/1/file/path",
             [](auto& s) { s.item("E2")["file"].erase("path"); }},
        Edit{"SameIdTwice", "/evidence/1/id", [](auto& s) { s.item("E2")["id"] = "E1"; }},
        Edit{"ControlInId", "/evidence/0/id", [](auto& s) { s.item("E1")["id"] = "E1\n2"; }},
        Edit{"NumberForText", "/evidence/0/name", [](auto& s) { s.item("E1")["name"] = 7; }},
        Edit{"TextForNumber", "/evidence/0/file/size",
             [](auto& s) { s.item("E1")["file"]["size"] = "979"; }},
        Edit{"NegativeSize", "/evidence/0/file/size",
             [](auto& s) { s.item("E1")["file"]["size"] = -1; }},
        Edit{"UnknownRole", "/parties/0/role",
             [](auto& s) { s.document["parties"][0]["role"] = "JUDGE"; }},
        Edit{"UnknownDigest", "/evidence/0/file/digests/md5",
             [](auto& s) { s.item("E1")["file"]["digests"]["md5"] = std::string(32, 'a'); }},
        Edit{"ShortDigest", "/evidence/0/file/digests/sha-256",
             [](auto& s) { s.item("E1")["file"]["digests"]["sha-256"] = "abcd"; }},
        Edit{"UnknownFormat", "/evidence/0/proofs/0/format",
             [](auto& s) { s.item("E1")["proofs"][0]["format"] = "hyperledger"; }},
        Edit{"HintNoText", "/evidence/0/proofs/0/hints/transaction",
             [](auto& s) { s.item("E1")["proofs"][0]["hints"]["transaction"] = 0; }},
        Edit{"BadTime", "/filedAt", [](auto& s) { s.document["filedAt"] = "2026-11-23 01:00"; }},
        Edit{"UnknownParty", "/evidence/0/party", [](auto& s) { s.item("E1")["party"] = "P9"; }}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Paths, EditedCase,
    testing::Values(
        Edit{"Parent", "/evidence/0/file/path",
             [](auto& s) { s.item("E1")["file"]["path"] = "../case/files/chat_log.json"; }},
        Edit{"Absolute", "/evidence/0/file/path",
             [](auto& s) { s.item("E1")["file"]["path"] = "/etc/hostname"; }},
        Edit{"Backslash", "/evidence/0/proofs/0/path",
             [](auto& s) { s.item("E1")["proofs"][0]["path"] = "proofs\\block_006.pb"; }},
        Edit{"Dot", "/evidence/0/file/path",
             [](auto& s) { s.item("E1")["file"]["path"] = "./files/chat_log.json"; }},
        Edit{"Missing", "/evidence/3/file/path",
             [](auto& s) { s.item("E4")["file"]["path"] = "files/none.png"; }},
        Edit{"MissingProof", "/evidence/3/proofs/0/path",
             [](auto& s) { s.item("E4")["proofs"][0]["path"] = "proofs/none.pb"; }},
        Edit{"Folder", "/evidence/0/file/path",
             [](auto& s) { s.item("E1")["file"]["path"] = "files"; }},
        Edit{"FileAsFolder", "/evidence/0/file/path",
             [](auto& s) { s.item("E1")["file"]["path"] = "files/chat_log.json/x"; }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MalformedCase, FollowsNoLinkOfAFile) {
  SampleCase sample;
  std::filesystem::rename(sample / "files/chat_log.json", sample / "files/real.json");
  std::filesystem::create_symlink("real.json", sample / "files/chat_log.json");
  expect_malformed(sample, "/evidence/0/file/path");
}

TEST(MalformedCase, FollowsNoLinkOfAFolder) {
  SampleCase sample;
  std::filesystem::rename(sample / "proofs", sample / "real");
  std::filesystem::create_directory_symlink("real", sample / "proofs");
  expect_malformed(sample, "/evidence/5/proofs/0/path");
}

TEST(MalformedCase, FollowsNoLinkAsCaseJson) {
  SampleCase sample;
  std::filesystem::rename(sample / "case.json", sample / "real.json");
  std::filesystem::create_symlink("real.json", sample / "case.json");
  EXPECT_EQ(verify(sample.path()).status, 65);
}

TEST(MalformedCase, NeverWaitsForAFifo) {
  SampleCase sample;
  std::filesystem::remove(sample / "files/chat_log.json");
  ASSERT_EQ(::mkfifo((sample / "files/chat_log.json").c_str(), 0600), 0);
  expect_malformed(sample, "/evidence/0/file/path");
}

// Text is text: what the reader gets is what stands there, and the message names the place.
struct Text {
  const char* name;
  std::string text;
  const char* pointer;
};
void PrintTo(const Text& text, std::ostream* out) { *out << text.name; }

class CaseText : public testing::TestWithParam<Text> {};

TEST_P(CaseText, IsRefused) {
  SampleCase sample;
  sample.save_text(GetParam().text);
  expect_malformed(sample, GetParam().pointer);
}

std::string deep(std::size_t levels) {
  return R"({"schema":"heyan.submission.v1","evidence":)" + std::string(levels, '[') +
         std::string(levels, ']') + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Json, CaseText,
    testing::Values(Text{"Empty", "", ""},
                    Text{"Truncated", R"({"schema":"heyan.submission.v1","evid)", ""},
                    Text{"Trailing", R"({"schema":"heyan.submission.v1"} {})", ""},
                    Text{"DuplicateName",
                         R"({"schema":"heyan.submission.v1","evidence":[{"id":"E1","id":"E2"}]})",
                         "/evidence/0/id"},
                    Text{"DuplicateByEscape",
                         R"({"schema":"heyan.submission.v1","sch\u0065ma":"x"})", "/schema"},
                    Text{"Comment", "{/**/\"schema\":\"heyan.submission.v1\"}", ""},
                    Text{"TrailingComma", R"({"schema":"heyan.submission.v1",})", ""},
                    Text{"ByteOrderMark", "\xef\xbb\xbf{}", ""},
                    Text{"NotUtf8", "{\"schema\":\"\xff\"}", "/schema"},
                    Text{"LoneSurrogate", R"({"schema":"\ud800"})", "/schema"},
                    Text{"Deep", deep(1000), ""}, Text{"Array", "[]", ""},
                    Text{"NaN", R"({"schema":NaN})", "/schema"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MalformedCase, RefusesADocumentThatIsTooLarge) {
  SampleCase sample;
  sample.save_text("{\"schema\":\"" + std::string(17u << 20, 'x') + "\"}");
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("case.json"));
}

TEST(MalformedCase, ListsEveryDefectAtOnce) {
  SampleCase sample;
  sample.item("E1")["party"] = "P9";
  sample.item("E2")["colour"] = "red";
  sample.item("E3")["file"]["path"] = "/etc/passwd";
  sample.save();
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("/evidence/0/party"));
  EXPECT_THAT(outcome.err, HasSubstr("/evidence/1/colour"));
  EXPECT_THAT(outcome.err, HasSubstr("/evidence/2/file/path"));
}

TEST(MalformedCase, ListsEveryMissingFileAtOnce) {
  SampleCase sample;
  std::filesystem::remove(sample / "files/chat_log.json");
  std::filesystem::remove(sample / "proofs/block_010.pb");
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_THAT(outcome.err, HasSubstr("/evidence/0/file/path"));
  EXPECT_THAT(outcome.err, HasSubstr("/evidence/2/proofs/0/path"));
}

// Escapes in names must not reach the terminal from an error message either.
TEST(MalformedCase, ShowsNoRawEscapeOfTheDocument) {
  SampleCase sample;
  sample.item("E1")["\x1b[2J\xe2\x80\xae"] = 1;
  sample.item("E2")["file"]["path"] = "a\x1b[31mb";
  sample.save();
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.err.find("\xe2\x80\xae"), std::string::npos);
}

TEST(MalformedCase, SaysTheSameInAnArrayOfReports) {
  SampleCase sample;
  sample.item("E1")["party"] = "P9";
  sample.save();
  const Json array = verified(sample.path(), 65, {sample_folder() + "/case"});
  EXPECT_EQ(array[0]["schema"], "heyan.error.v1");
  EXPECT_EQ(array[0]["errors"][0]["pointer"], "/evidence/0/party");
  EXPECT_EQ(array[0]["errors"][0]["code"], "unknown-party");
  EXPECT_EQ(array[1]["schema"], "heyan.report.v1");
}

}  // namespace
}  // namespace heyan::functional
