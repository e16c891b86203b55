import { greyAt, samplesOf } from './colours';
import { blankLike, type Image, imageIn, isFloat, pixelsLike } from './image';

/** The brightness of each pixel, in one channel or three alike. Alpha is left out. */
export function greyed(image: Image, channels: 1 | 3): Image {
  const { height, width, layout } = image;
  if (image.channels === 1 && channels === 1) return image;
  const result = imageIn(pixelsLike(image.data, channels * height * width), layout, channels, height, width);
  const [from, to] = [samplesOf(image), samplesOf(result)];
  const half = isFloat(image.data) ? 0 : 0.5;
  for (let i = 0; i < from.pixels; i++) {
    const grey = greyAt(image, from, i) + half;
    for (let c = 0; c < channels; c++) result.data[i * to.pixelStep + c * to.channelStep] = grey;
  }
  return result;
}

/** The same with as many channels as the image has, alpha as it is. */
export function greyedAlike(image: Image): Image {
  if (image.channels < 3) return image;
  const result = blankLike(image, image.height, image.width);
  result.data.set(image.data);
  const samples = samplesOf(image);
  const half = isFloat(image.data) ? 0 : 0.5;
  for (let i = 0; i < samples.pixels; i++) {
    const grey = greyAt(image, samples, i) + half;
    for (let c = 0; c < 3; c++) result.data[i * samples.pixelStep + c * samples.channelStep] = grey;
  }
  return result;
}
