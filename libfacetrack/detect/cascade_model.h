#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <opencv2/core/types.hpp>
#include <optional>
#include <vector>

namespace facetrack {

/// What a cascade file has learned, as numbers: of OpenCV's "opencv-cascade-classifier" form with
/// Haar or LBP features. Read besides OpenCV's own classifier, because that one only looks at
/// whole pictures. Internal to this room.
struct CascadeModel
{
    struct Block
    {
        cv::Rect rect; ///< in the window
        float weight = 0;
    };
    /// Haar: weighted sums of two or three blocks, upright or turned by 45 degrees.
    /// LBP: the first block is one of nine like it.
    struct Feature
    {
        std::array<Block, 3> blocks;
        bool tilted = false;
    };
    struct Node
    {
        int feature = 0;
        float threshold = 0;                   ///< of a Haar feature
        std::array<std::uint32_t, 8> subset{}; ///< of an LBP feature: the codes that go left
        int left = 0;                          ///< a node of the same tree; 0 and below: a leaf
        int right = 0;
    };
    struct Tree
    {
        int firstNode = 0;
        int firstLeaf = 0;
    };
    struct Stage
    {
        int firstTree = 0;
        int trees = 0;
        float threshold = 0;
    };

    cv::Size window;
    bool lbp = false;
    bool stumps = true;  ///< every tree is one node
    bool tilted = false; ///< some feature is
    std::vector<Stage> stages;
    std::vector<Tree> trees;
    std::vector<Node> nodes;
    std::vector<float> leaves;
    std::vector<Feature> features;
};

/// Nothing for files that OpenCV may read, but not in this form.
std::optional<CascadeModel> readCascadeModel(const std::filesystem::path &file);

} // namespace facetrack
