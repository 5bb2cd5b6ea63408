// Which blocks stand, as a court ruled: read, and refused.
#include "tests/unit/trust/fixture.h"

namespace heyan::trust::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RulingsTest : public TrustTest {
 protected:
  void expect_one_after(std::string_view more, std::string_view defect) {
    set(kList);
    append(more);
    EXPECT_THAT(defects(), ElementsAre(std::string(defect))) << more;
  }
};

TEST_F(RulingsTest, AreRead) {
  append(R"(
[[ledger.ruling]]
document = "（2026）浙0192民特1号"
origin = "log.example"
height = 0
resumes = 8
stands = ["ab01", "00"]
[[ledger.ruling]]
document = "No. 2"
height = 8
resumes = 9
stands = ["ff"]
)");
  ASSERT_THAT(defects(), IsEmpty());
  const auto rulings = parse().value().ledger("main")->rulings;
  ASSERT_EQ(rulings.size(), 2u);
  const Ruling& log = rulings[0];
  EXPECT_EQ(log.document, "（2026）浙0192民特1号");
  EXPECT_TRUE(log.lets_stand("\xab\x01"));
  EXPECT_TRUE(log.lets_stand(std::string_view("\0", 1)));
  EXPECT_FALSE(log.lets_stand(""));
  EXPECT_TRUE(log.covers("log.example", 0) && log.covers("log.example", 7));
  EXPECT_FALSE(log.covers("log.example", 8) || log.covers("", 7));
  EXPECT_TRUE(log.ended("log.example", 8));
  EXPECT_FALSE(log.ended("log.example", 7) || log.ended("", 8));
  EXPECT_TRUE(rulings[1].covers("", 8));
}

TEST_F(RulingsTest, DefectsAreTold) {
  const std::string good =
      "[[ledger.ruling]]\ndocument = \"No. 1\"\nheight = 7\nresumes = 9\nstands = [\"ab01\"]\n";
  const std::string at = "list.toml:56: ledger[0].ruling[0]";
  set(kList + good);
  EXPECT_THAT(defects(), IsEmpty());
  const auto expect = [&](std::string_view from, std::string_view to, const std::string& defect) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    expect_one_after(text, defect);
  };
  expect("document = \"No. 1\"\n", "", at + ".document: is missing.");
  expect("height = 7\n", "", at + ".height: is missing.");
  expect("resumes = 9\n", "", at + ".resumes: is missing.");
  expect("height = 7", "height = -1", "list.toml:58: ledger[0].ruling[0].height: is no height.");
  expect("resumes = 9", "resumes = 7",
         "list.toml:59: ledger[0].ruling[0].resumes: is not above 'height'. Write the first height "
         "from which on the ledger counts as before.");
  const std::string stands = "list.toml:60: ledger[0].ruling[0].stands: ";
  expect("\"ab01\"", "",
         stands + "names no block. Write the hashes of the blocks that stand, in hex.");
  expect("ab01", "ab0", stands + "'ab0' is no hash in hex.");
  expect("ab01", "", stands + "'' is no hash in hex.");
  expect("ab01", std::string(130, 'a'),
         stands + "'" + std::string(130, 'a') + "' is no hash in hex.");
  expect("\"ab01\"", "\"ab01\", \"AB01\"", stands + "'AB01' stands there twice.");
  expect("resumes = 9", "resume = 9\nresumes = 9",
         "list.toml:59: ledger[0].ruling[0].resume: is no key of this table. The nearest key is "
         "'resumes'.");
  expect_one_after(good +
                       "[[ledger.ruling]]\ndocument = \"No. 2\"\nheight = 8\nresumes = 12\n"
                       "stands = [\"ab02\"]\n",
                   "list.toml:63: ledger[0].ruling[1].height: lies within the ruling 'No. 1'.");
}

}  // namespace
}  // namespace heyan::trust::testing
