// Which folders the front may read its TLS files from again.
#include "gateway/api/listeners.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::api {
namespace {

using std::filesystem::path;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TlsFoldersTest : public ::testing::Test {
 protected:
  TlsFoldersTest() {
    for (const char* name : {"state/front/tls", "state/keys", "state/vault", "tls", "archive"}) {
      std::filesystem::create_directories(folder_ / name);
    }
    config_.state = folder_ / "state";
  }
  std::vector<path> folders_of(const std::string& certificate, const std::string& key) {
    config_.tls.certificate = folder_ / certificate;
    config_.tls.key = folder_ / key;
    return tls_folders(config_);
  }
  path real(const std::string& name) const { return std::filesystem::canonical(folder_ / name); }

  os::TemporaryFolder folder_;
  ops::Config config_;
};

TEST_F(TlsFoldersTest, AreThoseOfTheFiles) {
  EXPECT_THAT(folders_of("state/front/tls/cert.pem", "state/front/tls/key.pem"),
              ElementsAre(real("state/front/tls")));
  config_.tls.client_ca = folder_ / "archive/ca.pem";
  EXPECT_THAT(folders_of("tls/cert.pem", "state/front/key.pem"),
              ElementsAre(real("tls"), real("state/front"), real("archive")));
}

TEST_F(TlsFoldersTest, FollowLinksToWhereTheFileIs) {
  std::filesystem::create_symlink(folder_.write("archive/cert1.pem", "x"),
                                  folder_ / "tls/cert.pem");
  EXPECT_THAT(folders_of("tls/cert.pem", "tls/key.pem"), ElementsAre(real("tls"), real("archive")));
}

TEST_F(TlsFoldersTest, AreNeverWhereOthersKeepTheirs) {
  EXPECT_THAT(folders_of("state/keys/cert.pem", "state/vault/key.pem"), IsEmpty());
  EXPECT_THAT(folders_of("state/cert.pem", "key.pem"), IsEmpty());  // above, and the folder itself
  EXPECT_THAT(folders_of("tls/../cert.pem", "state/front/../key.pem"), IsEmpty());
  std::filesystem::create_symlink(folder_.write("state/keys/cert.pem", "x"),
                                  folder_ / "state/front/tls/cert.pem");
  EXPECT_THAT(folders_of("state/front/tls/cert.pem", "state/front/tls/cert.pem"),
              ElementsAre(real("state/front/tls")));
}

TEST_F(TlsFoldersTest, AreNotTakenForOthersOfASimilarName) {
  std::filesystem::create_directories(folder_ / "state/frontier");
  EXPECT_THAT(folders_of("state/frontier/cert.pem", "state/frontier/key.pem"), IsEmpty());
  std::filesystem::create_directories(folder_ / "state2");
  EXPECT_THAT(folders_of("state2/cert.pem", "state2/key.pem"), ElementsAre(real("state2")));
}

// At the start and whenever they are read again.
TEST_F(TlsFoldersTest, AKeyThatOthersCanReadIsNotUsed) {
  config_.tls.certificate = folder_.write("tls/cert.pem", "none");
  config_.tls.key = folder_.write_secret("tls/key.pem", "none");
  EXPECT_EQ(listeners_of(config_).error().code, core::ErrorCode::kMalformed) << "it was read";
  std::filesystem::permissions(config_.tls.key, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(listeners_of(config_).error().code, core::ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace heyan::api
