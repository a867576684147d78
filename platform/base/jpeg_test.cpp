#include "platform/base/jpeg.h"

#include <gmock/gmock.h>

#include "platform/base/jpeg_testing.h"

namespace luytre {
namespace {

using jpeg_testing::picture;
using jpeg_testing::segment;

std::string fault(std::string_view bytes) {
  const auto read = plain_jpeg(bytes);
  const auto* found = std::get_if<JpegFault>(&read);
  return found ? json::text(*found) : "";
}

TEST(JpegTest, APlainPictureIsTakenAsItIs) {
  for (const unsigned char frame : {0xC0, 0xC1, 0xC2}) {
    const std::string bytes = picture(640, 480, "", frame);
    const auto read = plain_jpeg(bytes);
    const auto* taken = std::get_if<Jpeg>(&read);
    ASSERT_TRUE(taken) << int{frame};
    EXPECT_EQ(taken->bytes, bytes);
    EXPECT_EQ(taken->width, 640);
    EXPECT_EQ(taken->height, 480);
  }
}

TEST(JpegTest, AColourProfileIsLeftOut) {
  const auto read = plain_jpeg(picture(64, 64, segment(0xE2, std::string("ICC_PROFILE\0\1\1sRGB", 18))));
  ASSERT_TRUE(std::holds_alternative<Jpeg>(read));
  EXPECT_EQ(std::get<Jpeg>(read).bytes, picture(64, 64));
}

TEST(JpegTest, WhatTellsOfTheCameraOrThePlaceIsRefused) {
  EXPECT_EQ(fault(picture(64, 64, segment(0xE1, std::string("Exif\0\0MM", 8)))), "\"metadata\"");
  EXPECT_EQ(fault(picture(64, 64, segment(0xE1, "http://ns.adobe.com/xap/1.0/"))), "\"metadata\"");
  EXPECT_EQ(fault(picture(64, 64, segment(0xED, "Photoshop 3.0"))), "\"metadata\"");
  EXPECT_EQ(fault(picture(64, 64, segment(0xFE, "taken at home"))), "\"metadata\"");
  EXPECT_EQ(fault(picture(64, 64, segment(0xE2, "MPF"))), "\"metadata\"") << "further pictures in the file";
  EXPECT_EQ(fault(picture(64, 64, segment(0xE0, std::string("JFXX\0\x10", 6)))), "\"metadata\"") << "a thumbnail";
  EXPECT_EQ(fault(picture(64, 64) + "GPS"), "\"metadata\"") << "after the end";
}

TEST(JpegTest, OtherFilesAreNoPictures) {
  EXPECT_EQ(fault(""), "\"notJpeg\"");
  EXPECT_EQ(fault("\x89PNG\r\n\x1a\n"), "\"notJpeg\"");
  EXPECT_EQ(fault("<svg onload=alert(1)>"), "\"notJpeg\"");
  EXPECT_EQ(fault(picture(2049, 64)), "\"tooLarge\"");
  EXPECT_EQ(fault(picture(0, 64)), "\"damaged\"");
}

TEST(JpegTest, FewBytesDoNotMakeEndlessWorkForWhoOpensIt) {
  const std::string scan = segment(0xDA, std::string("\1\1\0\0\x3F\0", 6)) + "\x12";
  const auto scans = [&](int count) {
    std::string bytes = picture(2048, 2048, "", 0xC2);
    for (int i = 1; i < count; ++i) bytes.insert(bytes.size() - 2, scan);
    return bytes;
  };
  EXPECT_EQ(fault(scans(64)), "");
  EXPECT_EQ(fault(scans(65)), "\"damaged\"");
}

TEST(JpegTest, CutAnywhereItIsDamaged) {
  const std::string whole = picture(64, 64);
  for (std::size_t size = 4; size < whole.size(); ++size)
    EXPECT_EQ(fault(whole.substr(0, size)), "\"damaged\"") << size;
}

}  // namespace
}  // namespace luytre
