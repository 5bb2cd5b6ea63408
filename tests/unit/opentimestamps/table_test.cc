// Tables of headers and periods: the real ones stand, and every altered one is refused.
#include <algorithm>

#include "tests/unit/opentimestamps/made.h"

namespace heyan::ledgers::opentimestamps {
namespace {

using testing::Bytes;
using ::testing::HasSubstr;
using testing::periods_of_vector;
using testing::vector_file;

std::string text_of(const std::string& path) { return core::to_string(vector_file(path)); }

HeaderTable table_of(const std::string& path) {
  auto table = read_table(vector_file(path));
  EXPECT_TRUE(table.has_value());
  return table ? *std::move(table) : HeaderTable();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::vector<Reason> faults(const HeaderTable& table, Periods periods = periods_of_vector(),
                           std::optional<core::UtcTime> now = {}) {
  std::vector<Reason> reasons;
  for (const HeaderFault& one : check_table(table, periods, now)) reasons.push_back(one.reason);
  return reasons;
}

BlockHeader altered(const BlockHeader& header, std::size_t at, std::uint8_t mask) {
  Bytes bytes = core::to_bytes(header.bytes());
  bytes.at(at) ^= mask;
  return *BlockHeader::read(bytes);
}

std::string_view defect_of_table(std::string_view text) {
  const auto table = read_table(core::as_bytes(text));
  return table ? "" : table.error().what;
}

std::string_view defect_of_periods(const std::string& text) {
  const auto periods = Periods::read(core::as_bytes(text));
  return periods ? "" : periods.error().what;
}

constexpr std::string_view kZeros =
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "0"
    "00000000000000000000000000000000000000000000000000000000000000000";

TEST(HeaderTable, RefusesWhatIsNoTable) {
  const std::string header(kZeros);
  ASSERT_EQ(header.size(), 160u);
  EXPECT_EQ(defect_of_table("1\t" + header + "\n2\t" + header), "");
  EXPECT_EQ(defect_of_table("# nothing\r\n\n"), "");
  EXPECT_THAT(std::string(defect_of_table("1 " + header)), HasSubstr("HEIGHT and HEADER"));
  EXPECT_THAT(std::string(defect_of_table("1\t" + header + "\t")), HasSubstr("HEIGHT and HEADER"));
  for (const char* height : {"", "-1", "+1", "01", "1x", "0x1", "99999999999", " 1"})
    EXPECT_THAT(std::string(defect_of_table(std::string(height) + "\t" + header)),
                HasSubstr("no number"))
        << height;
  EXPECT_THAT(std::string(defect_of_table("1\t" + header + "00")), HasSubstr("160"));
  EXPECT_THAT(std::string(defect_of_table("1\t" + header.substr(2))), HasSubstr("160"));
  EXPECT_THAT(std::string(defect_of_table("1\t" + header.substr(1) + "g")), HasSubstr("160"));
  EXPECT_THAT(std::string(defect_of_table("2\t" + header + "\n2\t" + header)), HasSubstr("ascend"));
  EXPECT_THAT(std::string(defect_of_table("2\t" + header + "\n1\t" + header)), HasSubstr("ascend"));
  EXPECT_EQ(read_table(core::as_bytes("# a\n\nx")).error().line, 3u);
}

TEST(HeaderTable, IsWrittenAsItIsRead) {
  const HeaderTable table = table_of("btc-headers/chain-562621-562639.tsv");
  const HeaderTable again = *read_table(core::as_bytes(write_table(table)));
  ASSERT_EQ(again.size(), 19u);
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(again[i].height, table[i].height);
    EXPECT_EQ(again[i].header, table[i].header);
  }
  EXPECT_EQ(find(table, 562'630)->height, 562'630u);
  EXPECT_EQ(find(table, 562'620), nullptr);
  EXPECT_EQ(find(table, 562'640), nullptr);
}

TEST(HeaderTable, MergesAndRefusesAnotherHeaderAtAHeight) {
  const HeaderTable table = table_of("btc-headers/chain-562621-562639.tsv");
  const HeaderTable first(table.begin(), table.begin() + 10);
  const HeaderTable last(table.begin() + 5, table.end());
  EXPECT_EQ(merge(last, first)->size(), table.size());
  EXPECT_EQ(write_table(*merge(first, last)), write_table(table));
  HeaderTable other = {table[7]};
  other[0].header = altered(other[0].header, 79, 1);
  other[0].line = 3;
  const auto refused = merge(table, other);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().reason, Reason::kHeaderNotOnChain);
  EXPECT_EQ(refused.error().line, 3u);
}

TEST(HeaderTable, EveryChangedByteIsSeen) {
  const HeaderTable table = table_of("btc-headers/chain-562621-562639.tsv");
  ASSERT_TRUE(faults(table).empty());
  for (std::size_t at = 0; at < kHeaderBytes; ++at) {
    HeaderTable changed = table;
    changed[9].header = altered(changed[9].header, at, 0x01);
    EXPECT_FALSE(faults(changed).empty()) << at;
  }
}

TEST(HeaderTable, ANeighbourThatIsMissingTiesNothing) {
  HeaderTable table = table_of("btc-headers/chain-562621-562639.tsv");
  table.erase(table.begin() + 9);
  EXPECT_TRUE(faults(table).empty());
  EXPECT_EQ(count_linked(table, periods_of_vector()), 0u);
}

TEST(HeaderTable, TheTargetAfterAPeriodFollowsFromItsTimes) {
  const HeaderTable table = table_of("btc-headers/retarget-554390-554408.tsv");
  EXPECT_TRUE(faults(table).empty());
  EXPECT_EQ(count_linked(table, periods_of_vector()), table.size());
  const BlockHeader& first = find(table, 552'384)->header;
  const BlockHeader& last = find(table, 554'399)->header;
  EXPECT_EQ(next_bits(first.bits(), first.time(), last.time()), 0x17371ef4u);
  EXPECT_NE(next_bits(first.bits(), first.time(), last.time() + 60), 0x17371ef4u);
}

TEST(HeaderTable, ATargetMovesByAFactorOfFourAtMost) {
  EXPECT_EQ(next_bits(0x1c00ffff, 1'000, 1'001), 0x1b3fffc0u);
  EXPECT_EQ(next_bits(0x1c00ffff, 1'001, 1'000), 0x1b3fffc0u);  // the clock went backwards
  EXPECT_EQ(next_bits(0x1c00ffff, 0, 0xffffffff), 0x1c03fffcu);
  EXPECT_EQ(next_bits(0x1d00ffff, 0, 0xffffffff), 0x1d00ffffu);  // never easier than the easiest
  EXPECT_EQ(next_bits(0, 0, 1), 0u);
}

// Without the second period's checkpoint, its first header makes it known if the first period is
// whole.
TEST(HeaderTable, APeriodThatFollowsBecomesKnown) {
  const HeaderTable table = table_of("btc-headers/mainnet-0-2016.tsv");
  Periods periods;
  EXPECT_TRUE(check_table(table, periods).empty());
  ASSERT_NE(periods.first_of(1), nullptr);
  EXPECT_EQ(*periods.first_of(1), find(table, 2016)->header);
  EXPECT_EQ(count_linked(table, periods), 2017u);

  HeaderTable alone = {*find(table, 2016)};
  Periods none;
  EXPECT_TRUE(check_table(alone, none).empty());
  EXPECT_EQ(none.first_of(1), nullptr);
  EXPECT_EQ(count_linked(alone, none), 0u);
}

TEST(HeaderTable, APeriodBehindAFaultStaysUnknown) {
  HeaderTable table = table_of("btc-headers/mainnet-0-2016.tsv");
  table[2015].header = altered(table[2015].header, 76, 1);  // nonce of the last
  Periods periods;
  const auto found = check_table(table, periods);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().reason, Reason::kHeaderWork);
  EXPECT_EQ(periods.first_of(1), nullptr);
}

TEST(HeaderTable, TimesThatCannotBe) {
  HeaderTable table = table_of("btc-headers/chain-562621-562639.tsv");
  const std::int64_t last_ms = std::int64_t{table.back().header.time()} * 1000;
  EXPECT_TRUE(faults(table, periods_of_vector(), core::from_unix_ms(last_ms)).empty());
  const auto early = core::from_unix_ms(last_ms - std::int64_t{3} * 3'600'000);
  EXPECT_THAT(faults(table, periods_of_vector(), early), ::testing::Contains(Reason::kHeaderTime));

  // Not above the median of the eleven before, on headers whose work is not looked at here.
  HeaderTable first = table_of("btc-headers/mainnet-0-2016.tsv");
  first.resize(12);
  Bytes bytes = core::to_bytes(first[11].header.bytes());
  std::copy_n(first[5].header.bytes().begin() + 68, 4, bytes.begin() + 68);
  first[11].header = *BlockHeader::read(bytes);
  EXPECT_THAT(faults(first, Periods()),
              ::testing::ElementsAre(Reason::kHeaderWork, Reason::kHeaderTime));
}

TEST(Periods, KnowTheFirstOfThemselves) {
  const Periods none;
  const BlockHeader* genesis = none.first_of(0);
  ASSERT_NE(genesis, nullptr);
  EXPECT_EQ(core::to_hex(genesis->hash()),
            "6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000");
  EXPECT_EQ(none.first_of(1), nullptr);
  EXPECT_FALSE(none.judge(0, *genesis, genesis->hash()));
  EXPECT_EQ(none.judge(2016, *genesis, genesis->hash()), Reason::kHeaderPeriod);
}

TEST(Periods, TheRealOnesStandAndAlteredOnesDoNot) {
  const std::string real = text_of("btc-headers/checkpoints.tsv");
  EXPECT_EQ(defect_of_periods(real), "");
  EXPECT_THAT(std::string(defect_of_periods("")), HasSubstr("no line"));
  EXPECT_THAT(std::string(defect_of_periods("# nothing\n")), HasSubstr("no line"));
  EXPECT_THAT(std::string(defect_of_periods(replaced(real, "\n4032\t", "\n4033\t"))),
              HasSubstr("first height"));
  EXPECT_THAT(std::string(defect_of_periods(replaced(real, "\n4032\t", "\n2016\t"))),
              HasSubstr("first height"));
  EXPECT_THAT(std::string(defect_of_periods(replaced(real, "fc10fc10fc1", "fc10fc10fc2"))),
              HasSubstr("chainwork"));
  EXPECT_THAT(std::string(defect_of_periods(replaced(real, "000000fc10fc10fc1", "000000fc10fc1g"))),
              HasSubstr("hexadecimal"));
  EXPECT_THAT(std::string(defect_of_periods(replaced(real, "6397bb6a", "6397bb6b"))),
              HasSubstr("target"));
  EXPECT_THAT(std::string(defect_of_periods("2016\t00")), HasSubstr("CHAINWORK"));
}

TEST(Periods, OneIsNotLeftOut) {
  std::string text = text_of("btc-headers/checkpoints.tsv");
  const std::size_t begin = text.find("\n4032\t") + 1;
  text.erase(begin, text.find('\n', begin) + 1 - begin);
  EXPECT_THAT(std::string(defect_of_periods(text)), HasSubstr("first height"));
}

// A header of the easiest target costs seconds; where the target was harder it is worth nothing.
TEST(Periods, AnEasyHeaderHasNoPlaceInALaterPeriod) {
  const Periods periods = periods_of_vector();
  const BlockHeader& early = *periods.first_of(1);
  EXPECT_FALSE(periods.judge(2016, early, early.hash()));
  EXPECT_EQ(periods.judge(2017, early, early.hash()), std::nullopt);
  EXPECT_EQ(periods.judge(358'391, early, early.hash()), Reason::kHeaderPeriod);
  EXPECT_EQ(periods.judge(4032, early, early.hash()), Reason::kHeaderNotOnChain);
  EXPECT_EQ(periods.judge(std::uint64_t{1} << 40, early, early.hash()), Reason::kHeaderPeriod);
}

TEST(Periods, ATimeLiesInThePeriodWithTwoHoursOfSlack) {
  const Periods periods = periods_of_vector();
  const std::uint64_t height = 358'391;
  const std::uint64_t period = height / kPeriodBlocks;
  const BlockHeader header = testing::header_of_vector("headers/358391");
  const auto at_time = [&](std::uint32_t time) {
    Bytes bytes = core::to_bytes(header.bytes());
    for (std::size_t i = 0; i < 4; ++i) bytes[68 + i] = static_cast<std::uint8_t>(time >> (8 * i));
    return periods.judge_period(height, *BlockHeader::read(bytes));
  };
  const std::uint32_t first = periods.first_of(period)->time();
  const std::uint32_t next = periods.first_of(period + 1)->time();
  EXPECT_EQ(at_time(first - 7200), std::nullopt);
  EXPECT_EQ(at_time(first - 7201), Reason::kHeaderPeriod);
  EXPECT_EQ(at_time(next + 7200), std::nullopt);
  EXPECT_EQ(at_time(next + 7201), Reason::kHeaderPeriod);
}

TEST(Periods, AHeaderStandsInItsOwnPeriodAlone) {
  const Periods periods = periods_of_vector();
  const BlockHeader header = testing::header_of_vector("headers/358391");
  EXPECT_FALSE(periods.judge(358'391, header, header.hash()));
  EXPECT_TRUE(periods.judge(358'391 - kPeriodBlocks, header, header.hash()));
  EXPECT_TRUE(periods.judge(358'391 + kPeriodBlocks, header, header.hash()));
  EXPECT_EQ(periods.judge(358'391, header, testing::header_of_vector("headers/363703").bytes()),
            Reason::kHeaderWork);  // 80 bytes are no hash
  EXPECT_EQ(periods.judge(358'391, header, {}), Reason::kHeaderWork);
  const BlockHeader forged = testing::header_of_vector("headers-bad/363704-forged-easy");
  EXPECT_EQ(periods.judge(363'704, forged, forged.hash()), Reason::kHeaderTarget);
}

}  // namespace
}  // namespace heyan::ledgers::opentimestamps
