#include "verifier/markup/schema.h"

#include <gmock/gmock.h>

#include <array>
#include <thread>

namespace heyan::markup {
namespace {

using Kind = Problem::Kind;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kMain = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:o="urn:other" targetNamespace="urn:main" xmlns="urn:main" elementFormDefault="qualified">
<xs:import namespace="urn:other" schemaLocation="../b/other.xsd"/>
<xs:element name="r"><xs:complexType><xs:sequence>
<xs:element name="n" type="o:small" maxOccurs="unbounded"/></xs:sequence>
<xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element>
<xs:element name="all"><xs:complexType><xs:sequence>
<xs:element ref="r" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>)";
constexpr std::string_view kOther = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
 targetNamespace="urn:other"><xs:simpleType name="small"><xs:restriction base="xs:integer">
<xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:schema>)";
constexpr std::array kFiles = {SchemaFile{"a/main.xsd", kMain}, SchemaFile{"b/other.xsd", kOther}};

const SchemaSet& schemas() {
  static const SchemaSet set = SchemaSet::compile(kFiles, "a/main.xsd").value();
  return set;
}

std::vector<Problem> check(std::string_view text) {
  const auto read = Document::read(core::as_bytes(text));
  return read ? schemas().validate(read->root()) : std::vector{read.error()};
}

TEST(Schema, IsCompiledFromMemory) {
  EXPECT_THAT(check("<r xmlns='urn:main'><n>9</n></r>"), IsEmpty());
}

TEST(Schema, SaysEveryErrorWithItsPlace) {
  const auto problems =
      check("<r xmlns='urn:main'>\n<n>1</n>\n<n>10</n><n/>\n<m/><n>x\xe2\x80\xae</n></r>");
  ASSERT_GE(problems.size(), 3U);
  EXPECT_EQ(problems[0].kind, Kind::kSchema);
  EXPECT_EQ(problems[0].line, 3U);
  EXPECT_EQ(problems[0].path, "/r/n[2]");
  EXPECT_THAT(problems[0].detail, HasSubstr("10"));
  for (const Problem& problem : problems) {
    EXPECT_EQ(problem.detail.find("\xe2\x80\xae"), std::string::npos);
  }
}

TEST(Schema, KnowsAnIdThatStandsTwice) {
  const auto problems = check(
      "<all xmlns='urn:main'><r id='a'><n>1</n></r><r id='a'><n>1</n></r><r "
      "id='b'><n>1</n></r></all>");
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].kind, Kind::kDuplicateId);
  EXPECT_EQ(problems[0].path, "/all/r[2]");
}

TEST(Schema, SaysTheSameOfTheSameDocument) {
  const auto read = Document::read(
      core::as_bytes("<all xmlns='urn:main'><r id='a'><n>1</n></r><r id='a'><n>1</n></r></all>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(schemas().validate(read->root()), schemas().validate(read->root()));
  EXPECT_THAT(schemas().validate(read->root().first()), IsEmpty());
}

TEST(Schema, KnowsNoElementsThatTheSetDoesNot) {
  EXPECT_FALSE(check("<r><n>9</n></r>").empty());
  EXPECT_FALSE(check("<x xmlns='urn:main'/>").empty());
  EXPECT_FALSE(check("<r xmlns='urn:main'/>").empty());
  EXPECT_FALSE(schemas().validate(Element()).empty());
}

TEST(Schema, FollowsNoPlaceThatADocumentNames) {
  const auto problems = check(
      "<r xmlns='urn:new' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "
      "i:schemaLocation='urn:new heyan-memory://10/a urn:main file:///etc/passwd'/>");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].detail, HasSubstr("No matching global declaration"));
}

TEST(Schema, IsRefusedWhereAFileOfTheSetIsMissingOrWrong) {
  const auto compiled = [](std::span<const SchemaFile> files, std::string_view entry) {
    return SchemaSet::compile(files, entry).has_value();
  };
  EXPECT_FALSE(compiled(std::span(kFiles).first(1), "a/main.xsd"));
  EXPECT_FALSE(compiled(kFiles, "a/none.xsd"));
  EXPECT_FALSE(compiled(kFiles, "../b/other.xsd"));
  EXPECT_FALSE(compiled({}, "a/main.xsd"));
  EXPECT_FALSE(compiled(std::array{SchemaFile{"a", "<x/>"}}, "a"));
  EXPECT_FALSE(compiled(std::array{SchemaFile{"a", ""}}, "a"));
  const std::string outside =
      std::string(kMain).replace(kMain.find("../b/other.xsd"), 14, "file:///etc/xml/catalog");
  EXPECT_FALSE(compiled(std::array{SchemaFile{"a", outside}}, "a"));
}

TEST(Schema, CollectsABoundedNumberOfErrors) {
  std::string text = "<r xmlns='urn:main'>";
  for (int i = 0; i < 5'000; ++i) text += "<n>x</n>";
  EXPECT_EQ(check(text + "</r>").size(), kMaxSchemaProblems);
}

TEST(Schema, IsReadByThreadsAtOnce) {
  std::vector<std::jthread> threads;
  std::array<std::size_t, 4> found = {};
  for (std::size_t& count : found) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 200; ++i) {
        count += check("<r xmlns='urn:main'><n>1</n><n>10</n></r>").size();
      }
    });
  }
  threads.clear();
  for (const std::size_t count : found) EXPECT_EQ(count, found[0]);
  EXPECT_GE(found[0], 200U);
}

}  // namespace
}  // namespace heyan::markup
