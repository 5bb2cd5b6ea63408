// Sealed PDF and XML with a time stamp: rendered by the gateway's programs, the front's part played
// here, checked by ours and by others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gateway/ipc/canonical.h"
#include "tests/functional/judging_fixture.h"
#include "tests/functional/openssl_authority.h"
#include "tests/unit/pdf/tool.h"
#include "tests/unit/xml/document.h"

namespace heyan::functional {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StampedSealTest : public RenderingProgramsTest {
 protected:
  using Stamp = std::function<core::Bytes(core::ByteView sha256)>;  // empty: there is none

  // What the front does.
  std::string rendered(const std::string& format, const Stamp& stamp) {
    v1::RenderJob job = render_job(format);
    job.set_stamped(true);
    ipc::Channel channel = new_job("render", ipc::kRenderFrameBytes);
    EXPECT_TRUE(channel.send(ipc::MessageType::kRenderJob, job, -1, soon()).has_value());
    while (true) {
      const auto received = channel.receive(soon());
      if (!received) return {};
      if (received->type == ipc::MessageType::kRendered) {
        v1::Rendered done;
        EXPECT_TRUE(ipc::parse_canonical(received->body, done).has_value());
        return done.content();
      }
      v1::StampAsk ask;
      EXPECT_TRUE(ipc::parse_canonical(received->body, ask).has_value());
      ++asked_;
      v1::StampGets gets;
      gets.set_id(ask.id());
      const core::Bytes token = stamp(core::as_bytes(ask.sha256()));
      if (token.empty()) {
        gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_TIME);
      } else {
        gets.set_token(core::to_string(token));
      }
      EXPECT_TRUE(channel.send(ipc::MessageType::kStampGets, gets, -1, soon()).has_value());
    }
  }
  core::Bytes token_over(core::ByteView sha256) const {
    return core::to_bytes(std::string_view(authority_.token_of_digest(core::to_hex(sha256))));
  }
  Stamp by_authority() const {
    return [this](core::ByteView sha256) { return token_over(sha256); };
  }
  Outcome verify(const std::string& file, const std::vector<std::string>& more = {}) {
    const std::string path = folder_ / "report";
    std::ofstream(path, std::ios::binary) << file;
    std::vector<std::string> words = {"report", "verify", path, "--lang", "en"};
    for (const char* key : {"report-es256", "report-sm2", "seal-es256", "xml-es256"}) {
      words.insert(words.end(), {"--key", state_file(std::string("keys/") + key + ".cert.pem")});
    }
    words.insert(words.end(), {"--log", state_file("keys/log.vkey")});
    words.insert(words.end(), more.begin(), more.end());
    return heyan(words);
  }
  Outcome verify_by_authority(const std::string& file) {
    const std::string ca = folder_ / "ca.pem";
    write_file(ca, authority_.file("ca.pem"));
    return verify(file, {"--tsa-ca", ca});
  }

  Authority authority_;
  int asked_ = 0;
};

TEST_F(StampedSealTest, APdfIsStampedAndStands) {
  const std::string file = rendered("pdf", by_authority());
  EXPECT_EQ(asked_, 1);
  const Outcome outcome = verify_by_authority(file);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Time stamp of the seal: the seal was there by"));
  EXPECT_THAT(outcome.out, HasSubstr("by the clock of Test TSA"));
  EXPECT_THAT(outcome.out, HasSubstr(done_.report_number()));
  const std::string said = pdf::output_of("pdfsig FILE", file);
  EXPECT_THAT(said, HasSubstr("Signature is Valid."));
  EXPECT_THAT(said, HasSubstr("Total document signed"));
  EXPECT_THAT(verify(file).out, HasSubstr("Time stamp of the seal: there is one, not checked"));
}

TEST_F(StampedSealTest, XmlIsStampedValidAndStands) {
  const std::string file = rendered("xml", by_authority());
  const Outcome outcome = verify_by_authority(file);
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Time stamp of the seal: the seal was there by"));
  const xml::Document document(file);
  const xml::Schema schema;
  EXPECT_EQ(schema.faults(document), "");
  EXPECT_EQ(document.count("//xades:SignatureTimeStamp"), 1u);
  EXPECT_THAT(
      pdf::output_of("xmlsec1 --verify --print-debug --enabled-key-data x509 --trusted-pem '" +
                         state_file("keys/xml-es256.cert.pem") +
                         "' --id-attr:Id "
                         "http://uri.etsi.org/01903/v1.3.2#:SignedProperties FILE",
                     file),
      HasSubstr("OK\nSignedInfo References (ok/all): 2/2"));
}

TEST_F(StampedSealTest, OfABundleBothAndOfAContainerThePdf) {
  const Outcome bundle = verify_by_authority(rendered("zip", by_authority()));
  EXPECT_EQ(asked_, 2);
  EXPECT_EQ(bundle.status, 0) << bundle.out << bundle.err;
  EXPECT_THAT(bundle.out, HasSubstr("report.pdf: Time stamp of the seal: the seal was there by"));
  EXPECT_THAT(bundle.out, HasSubstr("report.xml: Time stamp of the seal: the seal was there by"));
  const Outcome container = verify_by_authority(rendered("asic", by_authority()));
  EXPECT_EQ(container.status, 0) << container.out << container.err;
  EXPECT_THAT(container.out, HasSubstr("Time stamp of the seal: the seal was there by"));
}

TEST_F(StampedSealTest, WithoutAStampOrWithOneThatDoesNotFitTheyAreGivenWithout) {
  const auto none = [](core::ByteView) { return core::Bytes(); };
  const auto other = [this](core::ByteView) { return token_over(core::Bytes(32, 1)); };
  const auto garbage = [](core::ByteView) { return core::Bytes(40, 0x30); };
  for (const Stamp& stamp : {Stamp(none), Stamp(other), Stamp(garbage)}) {
    for (const char* format : {"pdf", "xml"}) {
      const std::string file = rendered(format, stamp);
      const Outcome outcome = verify_by_authority(file);
      EXPECT_EQ(outcome.status, 0) << outcome.out;
      EXPECT_THAT(outcome.out, HasSubstr("Time stamp of the seal: none is attached."));
      EXPECT_THAT(verify(file).out, Not(HasSubstr("Time stamp of the seal")));
    }
  }
}

TEST_F(StampedSealTest, AnotherSealsStampIsSaidAndTheSealStaysWhatItIs) {
  constexpr std::string_view kBegins = "<xades:EncapsulatedTimeStamp>";
  std::string file = rendered("xml", by_authority());
  const std::size_t at = file.find(kBegins) + kBegins.size();
  file.replace(at, file.find('<', at) - at, core::to_base64(token_over(core::Bytes(32, 1))));
  const Outcome outcome = verify_by_authority(file);
  EXPECT_EQ(outcome.status, 11) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("The seal of the XML is valid"));
  EXPECT_THAT(outcome.out, HasSubstr("[time-stamp]"));
  EXPECT_THAT(outcome.out, HasSubstr(done_.report_number()));
}

}  // namespace
}  // namespace heyan::functional
