namespace Fused;

/// <summary>The mean of each channel over height and width: (H, W, C) to (C).</summary>
public sealed class GlobalAveragePooling2DAttribute : LayerAttribute;

/// <summary>The maximum of each channel over height and width: (H, W, C) to (C).</summary>
public sealed class GlobalMaxPooling2DAttribute : LayerAttribute;

/// <summary>The maxima, then the means, of each channel: (H, W, C) to (2C). fast.ai's AdaptiveConcatPool2d at output size 1.</summary>
public sealed class AdaptiveConcatPooling2DAttribute : LayerAttribute;
