#include "http/multipart.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace ballast::http {
namespace {

/// Each test runs as a process of its own, beside the others: each has its own spool.
class Multiparts : public testing::Test {
protected:
    Multiparts() { std::filesystem::create_directories(spool_); }
    ~Multiparts() override { std::filesystem::remove_all(spool_); }
    const std::string& spool() const { return spool_; }

private:
    std::string spool_ = testing::TempDir() + "multipart_spool_" + std::to_string(::getpid());
};

std::string content_of(const Upload& upload) {
    std::ifstream in(upload.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

const std::string tricky = std::string("a\r\n--fram\r\n--frame\0b\r\n", 22) + "\r\n-";
const std::string whole =
    "preamble\r\n--frame1\r\n"
    "Content-Disposition: form-data; name=\"feed\"\r\n\r\n"
    "medical\r\n--frame1\r\n"
    "content-disposition: form-data; name=\"file\"; filename=\"C:\\x\\2025-03 "
    "\xE5\x8C\xBB\xE4\xBF\x9D.xlsx\"\r\n"
    "Content-Type: application/octet-stream\r\n\r\n" +
    tricky +
    "\r\n--frame1\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n"
    "\r\n--frame1--\r\nepilogue";

TEST_F(Multiparts, GivesTheSamePartsHoweverTheBytesArrive) {
    for (std::size_t step = 1; step <= whole.size(); ++step) {
        Multipart form("frame1", spool());
        for (std::size_t at = 0; at < whole.size(); at += step)
            ASSERT_TRUE(form.feed(std::string_view(whole).substr(at, step))) << step;
        ASSERT_TRUE(form.finish()) << step;
        EXPECT_THAT(form.take_form(),
                    testing::ElementsAre(testing::Pair("empty", ""), testing::Pair("feed", "medical")));
        const auto uploads = form.take_uploads();
        ASSERT_EQ(uploads.size(), 1U);
        EXPECT_EQ(uploads[0].field(), "file");
        EXPECT_EQ(uploads[0].file_name(), "2025-03 医保.xlsx");
        EXPECT_EQ(content_of(uploads[0]), tricky) << step;
    }
}

TEST_F(Multiparts, LeavesNothingInTheSpool) {
    {
        Multipart form("frame1", spool());
        ASSERT_TRUE(form.feed(std::string_view(whole).substr(0, 250)));
        EXPECT_FALSE(std::filesystem::is_empty(spool()));
    }
    EXPECT_TRUE(std::filesystem::is_empty(spool()));
}

TEST_F(Multiparts, RefusesAFormThatIsCutOff) {
    Multipart form("frame1", spool());
    ASSERT_TRUE(form.feed(std::string_view(whole).substr(0, whole.size() - 20)));
    const auto finished = form.finish();
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().id, "http.bad_form");
}

TEST_F(Multiparts, RefusesAPartWithoutAName) {
    Multipart form("b", spool());
    const auto fed = form.feed("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--");
    ASSERT_FALSE(fed);
    EXPECT_EQ(fed.error().id, "http.bad_form");
}

TEST_F(Multiparts, RefusesAnEndlessFieldAndEndlessHeaders) {
    Multipart field("b", spool());
    ASSERT_TRUE(field.feed("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n"));
    EXPECT_FALSE(field.feed(std::string(70'000, 'x')));
    Multipart headers("b", spool());
    EXPECT_FALSE(headers.feed("--b\r\n" + std::string(9'000, 'x')));
}

TEST_F(Multiparts, SaysWhenTheDiskCannotHoldTheFile) {
    Multipart form("b", "/no/such/folder");
    const auto fed = form.feed("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n");
    ASSERT_FALSE(fed);
    EXPECT_EQ(fed.error().id, "http.spool_full");
    EXPECT_EQ(fed.error().kind, ErrorKind::unavailable);
}

TEST_F(Multiparts, FindsTheBoundary) {
    EXPECT_EQ(*Multipart::boundary_of("multipart/form-data; charset=utf-8; Boundary=\"a b\""), "a b");
    EXPECT_FALSE(Multipart::boundary_of("multipart/form-data"));
}

}  // namespace
}  // namespace ballast::http
