// Each possible cause through the whole command, on files that other programs made; and beside each
// a near miss that must not be called one.
#include <gmock/gmock.h>

#include "tests/functional/causes.h"
#include "tests/functional/logged_case.h"
#include "tests/functional/zip_file.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string vector_of(const std::string& name) {
  return read_file(std::string(HEYAN_VECTORS) + "/explain/" + name);
}
std::string sample_file(const std::string& name) {
  return read_file(sample_folder() + "/case/files/" + name);
}
// The same with another character at a place.
std::string changed(std::string text, std::size_t at) {
  text.at(at) = static_cast<char>(text.at(at) ^ 1);
  return text;
}
// What a program makes of the bytes that it is given.
std::string made_by(const std::vector<std::string>& program, const std::string& input) {
  const Outcome outcome =
      run({.arguments = program, .environment = {}, .folder = {}, .input = input});
  EXPECT_EQ(outcome.status, 0) << program.front() << outcome.err;
  EXPECT_FALSE(outcome.out.empty()) << program.front();
  return outcome.out;
}
std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }
std::string openssl_digest(const std::string& name, const std::string& bytes) {
  return first_word(made_by({"openssl", "dgst", "-" + name, "-r"}, bytes));
}

// The item where `hex` was recorded as a SHA-256, and a file of these bytes handed in.
Json with_digest(const std::string& hex, const std::string& name, const std::string& bytes) {
  return LoggedCase({{.digests = {{"sha256", hex}}, .name = name, .bytes = bytes}}).judged(10)[0];
}
// The same where that of another content was recorded.
Json instead_of(const std::string& recorded, const std::string& name, const std::string& bytes) {
  return with_digest(sha256_hex(recorded), name, bytes);
}

TEST(Causes, AreNoneWhereTheFileIsTheRecordedOne) {
  const std::string text = sample_file("chat_log.json");
  const auto items =
      LoggedCase(
          {{.digests = {{"sha256", sha256_hex(text)}}, .name = "a.json", .bytes = text},
           {.digests = {{"sm3", openssl_digest("sm3", text)}}, .name = "b.json", .bytes = text}})
          .judged(0);
  for (const Json& item : items) {
    EXPECT_THAT(codes_of(item), Not(Contains("CONTENT_HASH_DIFFERS")));
    EXPECT_EQ(check_of(item, "MATCH-1"), "PASS");
  }
}

TEST(Causes, ALaterSaveOfAPdf) {
  const std::string first = vector_of("save1.pdf");
  const std::string second = vector_of("save2.pdf");
  const Json item = instead_of(first, "a.pdf", second);
  EXPECT_THAT(causes(item), ElementsAre("LIKELY_PDF_RESAVED"));
  EXPECT_EQ(param(item, "LIKELY_PDF_RESAVED", "number"), "1");
  EXPECT_EQ(param(item, "LIKELY_PDF_RESAVED", "size"), std::to_string(first.size()));

  // The first save is not what was recorded; it was written anew as a whole; it is alone.
  EXPECT_THAT(causes(instead_of(first, "a.pdf", changed(second, first.size() / 2))), IsEmpty());
  TemporaryFolder folder;
  write_file(folder / "second.pdf", second);
  const std::string whole = made_by({"qpdf", "--static-id", folder / "second.pdf", "-"}, "");
  EXPECT_THAT(causes(instead_of(first, "a.pdf", whole)), IsEmpty());
  EXPECT_THAT(causes(instead_of(second, "a.pdf", first)), IsEmpty());
}

TEST(Causes, MetadataThatAnImageLacks) {
  EXPECT_THAT(causes(instead_of(vector_of("camera.jpg"), "a.jpg", vector_of("other_tables.jpg"))),
              ElementsAre("LIKELY_METADATA_STRIPPED"));
  for (const char* stripped : {"camera_exiftool.jpg", "camera_jpegtran.jpg"}) {
    EXPECT_THAT(causes(instead_of(vector_of("camera.jpg"), "a.jpg", vector_of(stripped))),
                Contains("LIKELY_METADATA_STRIPPED"))
        << stripped;
  }
  // It has all of it, and another picture.
  const std::string camera = vector_of("camera.jpg");
  EXPECT_THAT(causes(instead_of(camera, "a.jpg", changed(camera, camera.size() - 40))), IsEmpty());
}

TEST(Causes, ReencodingOnlyByTablesThatAreKnown) {
  EXPECT_THAT(causes(instead_of(vector_of("camera.jpg"), "a.jpg", vector_of("magick_q60.jpg"))),
              ElementsAre("LIKELY_METADATA_STRIPPED", "LIKELY_REENCODED"));
  EXPECT_THAT(causes(instead_of(vector_of("camera.jpg"), "a.jpg", vector_of("other_tables.jpg"))),
              Not(Contains("LIKELY_REENCODED")));
}

TEST(Causes, MetadataThatAnImageGained) {
  const std::string camera = vector_of("camera.jpg");
  for (const char* recorded : {"camera_exiftool.jpg", "camera_jpegtran.jpg"}) {
    const std::string bytes = vector_of(recorded);
    const Json item = instead_of(bytes, "a.jpg", camera);
    EXPECT_THAT(causes(item), ElementsAre("LIKELY_METADATA_ADDED")) << recorded;
    EXPECT_EQ(param(item, "LIKELY_METADATA_ADDED", "size"), std::to_string(bytes.size()));
    // Metadata was added, and the picture is another as well.
    EXPECT_THAT(causes(instead_of(bytes, "a.jpg", changed(camera, camera.size() - 40))), IsEmpty());
  }
}

TEST(Causes, AnotherAlgorithm) {
  const std::string text = sample_file("chat_log.json");
  for (const std::string name : {"sm3", "sha3-256"}) {
    const Json item = with_digest(openssl_digest(name, text), "a.json", text);
    EXPECT_THAT(causes(item), ElementsAre("LIKELY_OTHER_ALGORITHM")) << name;
    EXPECT_EQ(param(item, "LIKELY_OTHER_ALGORITHM", "equals"), name);
    // The algorithm is another, and so is the content.
    EXPECT_THAT(causes(with_digest(openssl_digest(name, text + "x"), "a.json", text)), IsEmpty());
  }
  // None that is tried, though as long.
  EXPECT_THAT(causes(with_digest(openssl_digest("blake2s256", text), "a.json", text)), IsEmpty());
}

TEST(Causes, TheFileHashedAsText) {
  const std::string text = sample_file("chat_log.json");
  const auto change = [&](const std::string& hashed) {
    const Json item = instead_of(hashed, "a.json", text);
    EXPECT_THAT(causes(item), ElementsAre("LIKELY_HASHED_AS_TEXT"));
    return param(item, "LIKELY_HASHED_AS_TEXT", "change");
  };
  const std::string hex = made_by({"basenc", "--base16", "--wrap=0"}, text);
  EXPECT_EQ(change(made_by({"base64", "--wrap=0"}, text)), "file-as-base64");
  EXPECT_EQ(change(hex), "file-as-upper-case-hex");
  EXPECT_EQ(change(made_by({"tr", "A-F", "a-f"}, hex)), "file-as-hex");
  // In lines; in the alphabet of addresses; with a blank behind it.
  EXPECT_THAT(causes(instead_of(made_by({"base64"}, text), "a.json", text)), IsEmpty());
  EXPECT_THAT(causes(instead_of(made_by({"basenc", "--base32", "--wrap=0"}, text), "a.json", text)),
              IsEmpty());
  EXPECT_THAT(causes(instead_of(hex + " ", "a.json", text)), IsEmpty());
}

TEST(Causes, TheFingerprintHashedAsText) {
  const std::string text = sample_file("chat_log.json");
  const std::string line = made_by({"sha256sum"}, text);
  const Json item = instead_of(first_word(line), "a.json", text);
  EXPECT_THAT(causes(item), ElementsAre("LIKELY_HASHED_AS_TEXT"));
  EXPECT_EQ(param(item, "LIKELY_HASHED_AS_TEXT", "change"), "fingerprint-as-hex");
  EXPECT_EQ(param(item, "LIKELY_HASHED_AS_TEXT", "equals"), "sha-256");
  // The whole line of that program; the hexadecimal digits of another content.
  EXPECT_THAT(causes(instead_of(line, "a.json", text)), IsEmpty());
  EXPECT_THAT(causes(instead_of(sha256_hex(text + "x"), "a.json", text)), IsEmpty());
}

TEST(Causes, AByteOrderMark) {
  const std::string marked = vector_of("export_unix2dos_bom.csv");
  const std::string plain = vector_of("export_unix2dos.csv");
  const Json removed = instead_of(plain, "a.csv", marked);
  EXPECT_THAT(causes(removed), ElementsAre("LIKELY_LINE_ENDING_OR_BOM"));
  EXPECT_EQ(param(removed, "LIKELY_LINE_ENDING_OR_BOM", "change"), "bom-removed");
  const Json added = instead_of(marked, "a.csv", plain);
  EXPECT_THAT(causes(added), ElementsAre("LIKELY_LINE_ENDING_OR_BOM"));
  EXPECT_EQ(param(added, "LIKELY_LINE_ENDING_OR_BOM", "change"), "bom-added");
  // A mark behind the first character, two marks, and another encoding with its own.
  const std::string mark = marked.substr(0, 3);
  EXPECT_THAT(causes(instead_of(plain, "a.csv", plain.substr(0, 1) + mark + plain.substr(1))),
              IsEmpty());
  EXPECT_THAT(causes(instead_of(plain, "a.csv", mark + marked)), IsEmpty());
  EXPECT_THAT(
      causes(instead_of(plain, "a.csv",
                        made_by({"iconv", "--from-code=UTF-8", "--to-code=UTF-16"}, plain))),
      IsEmpty());
}

TEST(Causes, AContainerAroundTheRecordedFile) {
  const std::string text = sample_file("order_export.csv");
  const Json zipped = instead_of(text, "a.zip", vector_of("export.zip"));
  EXPECT_THAT(causes(zipped), ElementsAre("CONTENT_DIFFERS_CONTAINER_ONLY"));
  EXPECT_EQ(param(zipped, "CONTENT_DIFFERS_CONTAINER_ONLY", "number"), "2");
  EXPECT_THAT(causes(instead_of(text, "a.csv.gz", vector_of("export.csv.gz"))),
              ElementsAre("CONTENT_DIFFERS_CONTAINER_ONLY"));
}

// docs/why-it-differs.md, "What cannot be found".
TEST(Causes, NotAContainerThatWasPackedAnew) {
  const std::string text = sample_file("order_export.csv");
  TemporaryFolder folder;
  const auto packed = [&](const std::string& name, const std::string& content) {
    Zip zip(folder / name);
    zip.add("statement_zh.txt", sample_file("statement_zh.txt"));
    zip.add("order_export.csv", content);
    return read_file(zip.close());
  };
  const std::string anew = packed("anew.zip", text);
  ASSERT_NE(anew, vector_of("export.zip"));
  EXPECT_THAT(causes(instead_of(vector_of("export.zip"), "a.zip", anew)), IsEmpty());
  // The recorded file lies in it with one more line end: two changes after another.
  EXPECT_THAT(causes(instead_of(text, "a.zip", packed("ended.zip", text + "\n"))), IsEmpty());
  EXPECT_THAT(causes(instead_of(text, "a.zip", anew)),
              ElementsAre("CONTENT_DIFFERS_CONTAINER_ONLY"));
}

TEST(Causes, TheFileOfAnotherRecord) {
  const std::string chat = sample_file("chat_log.json");
  const std::string lyrics = sample_file("lyrics.txt");
  const auto filed = [](const std::string& recorded, const std::string& name,
                        const std::string& bytes) {
    return Filed{.digests = {{"sha256", sha256_hex(recorded)}}, .name = name, .bytes = bytes};
  };
  for (const Json& item :
       LoggedCase({filed(chat, "a.txt", lyrics), filed(lyrics, "b.txt", chat)}).judged(10)) {
    EXPECT_THAT(causes(item), ElementsAre("WRONG_FILE_FOR_RECORD"));
  }
  // The other item's file, of which no record speaks; and one that is not quite the recorded one.
  const std::string other = lyrics + "x";
  for (const Json& item :
       LoggedCase({filed(chat, "a.txt", other), filed(lyrics, "b.txt", other)}).judged(10)) {
    EXPECT_THAT(causes(item), IsEmpty());
  }
}

}  // namespace
}  // namespace heyan::functional
