/**
 * What a video shows at this moment as a JPEG, scaled so that its longer side is at most `longest` pixels; null before the
 * first frame.
 */
export async function captureFrame(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  longest: number,
  quality: number,
): Promise<Blob | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const scale = Math.min(1, longest / Math.max(videoWidth, videoHeight));
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  // Browsers encode away from the page's own time.
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
