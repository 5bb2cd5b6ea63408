// [ledger.ccf]: what a court may write, and what it is told otherwise.
#include "tests/unit/ccf/service.h"
#include "tests/unit/tlog/item.h"

namespace heyan::ledgers::ccf {
namespace {

using ::testing::HasSubstr;
using namespace test;

constexpr std::string_view kLines =
    "service_certificate = \"service.pem\"\noperator = \"platform\"\n";

std::string defects(const std::string& lines, const std::string& entry = "quorum = \"both\"\n") {
  static const std::string kService = CcfService().service_pem();
  const auto list = parse_list({{"trust.toml", log_list("ccf", lines, entry)},
                                {"service.pem", kService},
                                {"none.pem", "nothing"}});
  return list ? "ok" : list.error();
}

TEST(CcfTrust, NamesWhatIsWrong) {
  const std::string lines(kLines);
  EXPECT_EQ(defects(lines), "ok");
  EXPECT_EQ(defects(lines + "claims = \"application\"\n"), "ok");
  EXPECT_EQ(defects(lines + "claims = \"file\"\n"), "ok");
  EXPECT_THAT(defects("operator = \"platform\"\n"),
              HasSubstr("ccf.service_certificate: is missing"));
  EXPECT_THAT(defects("service_certificate = \"none.pem\"\noperator = \"platform\"\n"),
              HasSubstr("holds no certificates in PEM"));
  EXPECT_THAT(defects("service_certificate = \"absent.pem\"\noperator = \"platform\"\n"),
              HasSubstr("ccf.service_certificate"));
  EXPECT_THAT(defects("service_certificate = \"service.pem\"\n"),
              HasSubstr("ccf.operator: is missing"));
  EXPECT_THAT(defects("service_certificate = \"service.pem\"\noperator = \"platfrom\"\n"),
              HasSubstr("no institution has the id \"platfrom\""));
  EXPECT_THAT(defects(lines, ""), HasSubstr("the ledger has no quorum"));
  EXPECT_THAT(defects(lines + "claims = \"cbor\"\n"), HasSubstr("Write one of: application file"));
  EXPECT_THAT(defects(lines + "policy = \"x\"\n"), HasSubstr("policy"));
  EXPECT_THAT(defects(lines + "claims = \"file\"\n",
                      "quorum = \"both\"\n[ledger.record]\nwho = \"/who\"\n"),
              HasSubstr("a bare digest has no record"));
}

}  // namespace
}  // namespace heyan::ledgers::ccf
