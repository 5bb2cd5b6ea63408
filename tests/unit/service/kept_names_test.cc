#include "gateway/service/kept_names.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

store::VaultName named(std::uint8_t first, std::uint32_t number) {
  store::VaultName name{};
  name[0] = first;
  for (std::size_t i = 0; i < 4; ++i)
    name[1 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return name;
}

TEST(KeptNames, GivesThemByTheirFirstByteSortedAndOnce) {
  const os::TemporaryFolder folder;
  KeptNames names = KeptNames::begin(folder / "names").value();
  for (const auto& name : {named(7, 2), named(255, 1), named(7, 1), named(0, 9), named(7, 2)}) {
    ASSERT_TRUE(names.add(name).has_value());
  }
  EXPECT_THAT(names.beginning_with(7).value(), ElementsAre(named(7, 1), named(7, 2)));
  EXPECT_THAT(names.beginning_with(255).value(), ElementsAre(named(255, 1)));
  EXPECT_THAT(names.beginning_with(0).value(), ElementsAre(named(0, 9)));
  EXPECT_THAT(names.beginning_with(8).value(), IsEmpty());
}

TEST(KeptNames, OfMoreThanWaitInMemoryNoneIsLost) {
  const os::TemporaryFolder folder;
  KeptNames names = KeptNames::begin(folder / "names").value();
  for (std::uint32_t i = 0; i < 3000; ++i) ASSERT_TRUE(names.add(named(1, 2999 - i)).has_value());
  struct stat status{};
  ASSERT_EQ(::stat((folder / "names").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  const auto found = names.beginning_with(1).value();
  ASSERT_EQ(found.size(), 3000u);
  for (std::uint32_t i = 0; i < 3000; ++i) ASSERT_EQ(found[i], named(1, i));
}

TEST(KeptNames, LeavesNothingBehindAndBeginsWithNothing) {
  const os::TemporaryFolder folder;
  folder.write("names/07", std::string(32, '\7'));
  {
    KeptNames names = KeptNames::begin(folder / "names").value();
    EXPECT_THAT(names.beginning_with(7).value(), IsEmpty());
    ASSERT_TRUE(names.add(named(7, 1)).has_value());
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "names"));
}

TEST(KeptNames, RefusesWhatIsNoNameAndSaysWhatFailed) {
  const os::TemporaryFolder folder;
  KeptNames names = KeptNames::begin(folder / "names").value();
  EXPECT_EQ(names.add(core::Bytes(31)).error().code, core::ErrorCode::kMalformed);
  EXPECT_EQ(names.add(core::Bytes(33)).error().code, core::ErrorCode::kMalformed);
  folder.write("names/07", std::string(33, '\7'));
  EXPECT_EQ(names.beginning_with(7).error().code, core::ErrorCode::kIo);
  EXPECT_EQ(KeptNames::begin(folder.write("file", "") / "names").error().code,
            core::ErrorCode::kIo);
  std::filesystem::remove_all(folder / "names");
  EXPECT_EQ(names.beginning_with(8).error().code, core::ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::service
