// A case as a .zip: the same as its folder, and nothing that an archive can do besides.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"
#include "tests/functional/zip_file.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;

class ZipCase : public testing::Test {
 protected:
  std::string path(std::string_view name = "case.zip") const { return folder_ / name; }
  static void expect_refused(const std::string& path, std::string_view why) {
    const Outcome outcome = verify(path);
    EXPECT_EQ(outcome.status, 65) << outcome.err;
    EXPECT_THAT(outcome.out, testing::IsEmpty());
    EXPECT_THAT(outcome.err, HasSubstr(std::string(why)));
  }
  // The sample's case with one entry more.
  std::string with(const std::string& name, std::string_view bytes) const {
    Zip zip(path());
    zip.add_folder(case_, "");
    zip.add(name, bytes);
    return zip.close();
  }

  TemporaryFolder folder_;
  std::filesystem::path case_ = sample_folder() + "/case";
};

TEST_F(ZipCase, GivesTheSamePayloadAsItsFolder) {
  const Outcome folder = verify(case_.string());
  for (const bool backwards : {false, true}) {
    for (const char* prefix : {"", "case/", "一个文件夹/"}) {
      Zip zip(path());
      zip.add_folder(case_, prefix, backwards);
      const Outcome outcome = verify(zip.close());
      EXPECT_EQ(outcome.status, 10) << outcome.err;
      EXPECT_EQ(outcome.out, folder.out) << prefix;
    }
  }
}

TEST_F(ZipCase, RefusesNamesThatLeaveIt) {
  for (const char* name :
       {"../evil.txt", "/etc/evil", "files/../../evil", "a\\..\\evil", "C:/evil"}) {
    expect_refused(with(name, "x"), "case.zip");
  }
}

TEST_F(ZipCase, RefusesLinks) {
  Zip zip(path());
  zip.add_folder(case_, "");
  zip.add_link("files/link", "/etc/hostname");
  expect_refused(zip.close(), "files/link");
}

TEST_F(ZipCase, RefusesEncryptedEntries) {
  Zip zip(path());
  zip.add_folder(case_, "");
  zip.encrypt(zip.add("secret.txt", "x"));
  expect_refused(zip.close(), "secret.txt");
}

TEST_F(ZipCase, RefusesTheSameNameTwice) {
  Zip zip(path());
  zip.add_folder(case_, "");
  zip.add("FILES/chat_log.json", "x");
  expect_refused(zip.close(), "chat_log.json");
}

TEST_F(ZipCase, RefusesABomb) {
  expect_refused(with("bomb.bin", std::string(100u << 20, '\0')), "case.zip");
}

TEST_F(ZipCase, RefusesWhatIsCutOffOrAppendedTo) {
  Zip zip(path());
  zip.add_folder(case_, "");
  const std::string whole = read_file(zip.close());
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{3}, whole.size() / 2, whole.size() - 1}) {
    write_file(path("cut.zip"), std::string_view(whole).substr(0, size));
    expect_refused(path("cut.zip"), "cut.zip");
  }
  write_file(path("more.zip"), whole + "x");
  expect_refused(path("more.zip"), "more.zip");
}

TEST_F(ZipCase, NamesTheFileWhoseBytesAreDamaged) {
  Zip zip(path());
  zip.add_folder(case_, "");
  std::string bytes = read_file(zip.close());
  const std::size_t at = bytes.find("files/photo_scene.png");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 200] = static_cast<char>(bytes[at + 200] ^ 1);  // in its compressed bytes
  write_file(path(), bytes);
  expect_refused(path(), "/evidence/3/file/path");
}

TEST_F(ZipCase, NamesAMissingFile) {
  Zip zip(path());
  zip.add("case.json", read_file(case_ / "case.json"));
  expect_refused(zip.close(), "/evidence/0/file/path");
}

TEST_F(ZipCase, NeedsACase) {
  Zip zip(path());
  zip.add("readme.txt", "x");
  expect_refused(zip.close(), "case.json");
}

}  // namespace
}  // namespace heyan::functional
