#include "gateway/database/server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::database {
namespace {

using core::ErrorCode;
using sandbox::Reach;

class ServerTest : public testing::Test {
 protected:
  std::filesystem::path password(std::string_view text, mode_t mode = 0600) {
    const auto file = folder_.write("password", text);
    EXPECT_EQ(::chmod(file.c_str(), mode), 0);
    return file;
  }
  core::Result<std::string> read(const std::filesystem::path& file) {
    at_.front_password = file;
    HEYAN_TRY(const postgres::Settings settings, as_front(at_));
    return settings.password;
  }

  os::TemporaryFolder folder_;
  ops::Database at_{.host = "db.court.example",
                    .address = "10.20.0.9",
                    .port = 5433,
                    .name = "heyan",
                    .front_role = "gateway",
                    .signer_role = "signer",
                    .front_password = {},
                    .signer_password = {},
                    .ca = "/etc/heyan/db-ca.pem",
                    .patience_seconds = 7};
};

TEST_F(ServerTest, EachIsAskedInItsRole) {
  at_.signer_password = password("of the signer\n");
  const postgres::Settings front = as_front(at_).value();
  EXPECT_EQ(front.host, "db.court.example");
  EXPECT_EQ(front.address, "10.20.0.9");
  EXPECT_EQ(front.port, 5433);
  EXPECT_EQ(front.database, "heyan");
  EXPECT_EQ(front.role, "gateway");
  EXPECT_EQ(front.password, "");
  EXPECT_EQ(front.authority, "/etc/heyan/db-ca.pem");
  EXPECT_EQ(front.patience, std::chrono::seconds(7));
  const postgres::Settings signer = as_signer(at_).value();
  EXPECT_EQ(signer.role, "signer");
  EXPECT_EQ(signer.password, "of the signer");
  const postgres::Settings owner = as_owner(at_, "owner", {}).value();
  EXPECT_EQ(owner.role, "owner");
  EXPECT_EQ(owner.password, "");
}

TEST_F(ServerTest, APasswordIsOneLineOfItsOwner) {
  EXPECT_EQ(read(password("a b'\\c")).value(), "a b'\\c");
  EXPECT_EQ(read(password(std::string(1024, 'x'))).value().size(), 1024u);
  for (const std::string_view bad : {"", "\n", "a\nb", "a\n\n", "a\tb", "a\r\n"}) {
    EXPECT_EQ(read(password(bad)).error().code, ErrorCode::kMalformed) << bad;
  }
  EXPECT_EQ(read(password(std::string("a\0b", 3))).error().code, ErrorCode::kMalformed);
  EXPECT_EQ(read(password(std::string(1026, 'x'))).error().code, ErrorCode::kMalformed);
  for (const mode_t mode : {0640U, 0604U, 0620U, 0601U}) {
    EXPECT_EQ(read(password("secret", mode)).error().code, ErrorCode::kUnsupported) << mode;
  }
  EXPECT_FALSE(read(folder_ / "nobody").has_value());
}

TEST_F(ServerTest, ASandboxPermitsThatServerAlone) {
  const auto permitted = [this] {
    sandbox::Profile profile = sandbox::default_profile(sandbox::Role::kFront);
    permit(at_, profile);
    return profile;
  };
  EXPECT_EQ(permitted().reach, Reach::kTcp4);
  EXPECT_EQ(permitted().port, 5433);
  EXPECT_EQ(permitted().readable, std::vector<std::filesystem::path>{"/etc/heyan/db-ca.pem"});
  at_.address = "2001:db8::9";
  EXPECT_EQ(permitted().reach, Reach::kTcp6);
  at_.address = "";
  at_.ca = "";
  at_.host = "127.0.0.1";
  EXPECT_EQ(permitted().reach, Reach::kTcp4);
  EXPECT_TRUE(permitted().readable.empty());
  at_.host = "::1";
  EXPECT_EQ(permitted().reach, Reach::kTcp6);
  at_.host = "/run/postgresql";
  EXPECT_EQ(permitted().reach, Reach::kUnixSocket);
}

}  // namespace
}  // namespace heyan::database
