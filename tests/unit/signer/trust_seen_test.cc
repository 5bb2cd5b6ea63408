#include "gateway/signer/trust_seen.h"

#include <gtest/gtest.h>

#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::signer {
namespace {

TEST(TrustSeenTest, IsTheVersionOfThatBundle) {
  const os::TemporaryFolder folder;
  EXPECT_EQ(version_seen(folder.path(), "court").error().code, core::ErrorCode::kNotFound);
  std::filesystem::create_directory(folder / "signer");
  // Whoever looks does so beside a signer that has it open.
  sqlite::Database database = sqlite::Database::open(folder / "signer/log.db", layout()).value();
  sqlite::StatementCache statements(database);
  EXPECT_EQ(version_seen(folder.path(), "court").value(), std::nullopt);
  ASSERT_TRUE(statements.run("INSERT INTO trust_seen(id, version) VALUES(?, ?)",
                             std::string("court"), std::int64_t{7}));
  EXPECT_EQ(version_seen(folder.path(), "court").value(), 7);
  EXPECT_EQ(version_seen(folder.path(), "another").value(), std::nullopt);
}

TEST(TrustSeenTest, WhatIsNoDatabaseOfASignerTellsNothing) {
  const os::TemporaryFolder folder;
  folder.write("signer/log.db", "none");
  EXPECT_FALSE(version_seen(folder.path(), "court").has_value());
}

}  // namespace
}  // namespace heyan::signer
